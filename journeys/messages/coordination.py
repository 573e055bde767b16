"""One message and what is decided of it; and the words of all messages, by programme."""

from types import SimpleNamespace

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from journeys.messages import telling
from journeys.messages.actions.deciding import decide, decisions_for, mark_read, why_not_again
from journeys.messages.actions.words import set_words
from journeys.messages.enums import Decision, Language
from journeys.messages.forms import DecisionForm, WordsForm
from journeys.messages.models import InboundMessage, OutboundMessage
from journeys.messages.wording import Words
from journeys.messages.wordings import comes_out, direction, kind_of, kinds_of, own_words
from rtr.due import Status
from rtr.lib.http import post_only
from rtr.lib.kept import bound
from rtr.lib.told import tell
from territories.accounts.doors import require
from territories.coordination.pages import managed, managed_programme, part


def message(request, pk):
    found = _message_for(request, pk)
    context = {
        **_told(found),
        "may_decide": request.user.may("messages.decide", found.territory_id)
        and bool(decisions_for(found)),
        "answers": [
            SimpleNamespace(it=answer, said=telling.answer_said(answer))
            for answer in found.answers.all()
        ],
    }
    return render(request, "journeys/messages/message.html", context)


def message_decide(request, pk):
    """The page says what each decision does before it is taken."""
    found = _message_for(request, pk)
    require(request.user, "messages.decide", found.territory_id)
    decisions = decisions_for(found)
    if not decisions:
        tell(request, _("Ce message n’attend plus de décision."))
        return redirect("message", pk=pk)
    form = bound(DecisionForm, request, decisions=decisions, effects=_effects(found))
    if request.method == "POST" and form.is_valid():
        try:
            decide(message=found, by=request.user, decision=form.cleaned_data["decision"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            tell(request, _done(form.cleaned_data["decision"]))
            return redirect("messages_inbox")
    said = why_not_again(found) if found.status != Status.DONE else ""
    context = _told(found) | {
        "form": form,
        "why_not_again": said,
        "reached_url": _reached(request, found),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "journeys/messages/decide.html", context, status=status)


@post_only
def answer_read(request, pk):
    """Noted as read, or, when that is taken back, as unread."""
    rows = InboundMessage.objects.visible_to(request.user)
    answer = get_object_or_404(rows, pk=pk)
    require(request.user, "messages.decide", answer.territory_id)
    read = "unread" not in request.GET
    mark_read(answer=answer, by=request.user, read=read)
    if read:
        undo = f"{reverse('answer_read', args=[pk])}?unread=1"
        tell(request, _("La réponse est notée comme lue."), undo_url=undo)
    else:
        tell(request, _("La réponse est de nouveau à lire."))
    return redirect("messages_inbox")


def _message_for(request, pk) -> OutboundMessage:
    rows = OutboundMessage.objects.visible_to(request.user).annotate(
        nickname=F("participant__nickname"),
        code=F("participant__code"),
        journey_id=F("participant__journey"),
        is_identified=Q(participant__identified_on__isnull=False),
    )
    return get_object_or_404(rows.select_related("territory"), pk=pk)


def _told(found: OutboundMessage) -> dict:
    return {
        "message": found,
        "kind": telling.kind_label(found.cause),
        "to": telling.masked(found.to),
        "when": telling.when(found),
        "pill": telling.pill(found),
        "why": telling.why(found),
    }


def _reached(request, found: OutboundMessage) -> str:
    """Where a number that does not ring is mended, for who may."""
    may = request.user.may("contracts.prepare", found.territory_id)
    if not (may and found.journey_id and found.is_identified):
        return ""
    return reverse("contract_reached", args=[found.journey_id])


def _effects(found: OutboundMessage) -> dict[Decision, str]:
    return {
        Decision.LEFT: _("la personne l’a reçu, elle vous l’a dit. Il est noté comme envoyé."),
        Decision.AGAIN: _(
            "il part de nouveau, de jour. S’il était déjà parti, la personne le reçoit deux fois."
        ),
        Decision.LEAVE: _("rien ne part. Il reste noté ainsi, et quitte la liste « À voir »."),
    }


def _done(decision: str) -> str:
    return {
        Decision.LEFT: _("Le message est noté comme envoyé."),
        Decision.AGAIN: _("Le message part de nouveau."),
        Decision.LEAVE: _("Le message quitte la liste « À voir »."),
    }[Decision(decision)]


# -- The words, by programme ---------------------------------------------------------------------


def message_templates(request):
    programme = managed_programme(request)
    context = {
        "programmes": managed(request),
        "programme": programme,
        "kinds": kinds_of(programme),
    }
    return part(request, "journeys/messages/templates.html", context)


def message_template(request, cause, language):
    """What the words say now, how they come out, and the form that changes them."""
    programme, kind = managed_programme(request), kind_of(cause, language)
    own = own_words(programme, cause, language)
    shown, form = own or kind.words[language], _words_form(request, programme, kind, language, own)
    is_valid = request.method == "POST" and form.is_valid()
    if is_valid and "preview" not in request.POST:
        return _changed(request, programme, cause, language, form.words)
    context = {
        "programme": programme,
        "kind": kind,
        "cause": cause,
        "language": Language(language),
        "form": form,
        "own": own,
        "preview": comes_out(form.words if is_valid else shown, kind, language),
    }
    status = 422 if request.method == "POST" and not is_valid else 200
    return part(request, "journeys/messages/template.html", context, status)


def _words_form(request, programme, kind, language: str, own: Words | None) -> WordsForm:
    house = kind.words[language]
    shown = own or house
    return bound(
        WordsForm,
        request,
        kind=kind,
        programme=programme,
        house=house,
        direction=direction(language),
        initial={"subject": shown.subject, "body": shown.body},
    )


@post_only
def message_template_reset(request, cause, language):
    """Back to the words of the house; or, when that is taken back, to what they were before."""
    programme = managed_programme(request)
    kind_of(cause, language)
    words = None
    if kept := request.GET.get("kept"):
        try:
            words = Words(*signing.loads(kept, salt=_salt(programme, cause, language)))
        except signing.BadSignature as error:
            raise Http404 from error
    return _changed(request, programme, cause, language, words)


def _changed(request, programme, cause, language, words: Words | None):
    of = {"programme": programme, "cause": cause, "language": language}
    before = set_words(words=words, by=request.user, **of)
    undo = reverse("message_template_reset", args=[cause, language])
    undo += f"?programme={programme.slug}"
    if before:
        kept = [before.body, before.subject]
        undo += f"&kept={signing.dumps(kept, salt=_salt(programme, cause, language))}"
    said = _("Vos mots sont enregistrés.") if words else _("Les mots de départ sont revenus.")
    tell(request, said, undo_url=undo)
    return redirect(f"{reverse('message_templates')}?programme={programme.slug}")


def _salt(programme, cause: str, language: str) -> str:
    return f"{__name__}.{programme.pk}.{cause}.{language}"
