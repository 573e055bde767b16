"""The tab of papers and its acts: proofs, the person's own papers, what proves what."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journeys.documents import actions
from journeys.documents.enums import DocumentKind
from journeys.documents.models import Document
from journeys.pathway.actions import spans
from journeys.pathway.coordination.person import OfSituation
from journeys.pathway.file import file_context
from journeys.pathway.forms import papers as forms
from journeys.pathway.pages import journey_for
from journeys.pathway.papers import claims_of, shelves_of
from journeys.pathway.reading import reading_of
from journeys.pathway.story import short_label
from rtr.lib import french
from rtr.lib.http import post_only
from rtr.lib.told import tell


def documents(request, pk):
    journey = journey_for(request, pk, "participants.list")
    context = file_context(request, journey, "documents")
    if not context["reading"].answers:
        raise PermissionDenied
    papers = Document.objects.visible_to(request.user).filter(participant=journey.participant_id)
    context |= shelves_of(claims_of(journey), papers.select_related("seen_by"))
    context["can_keep"] = journey.participant.identified_on is not None
    return render(request, "journeys/pathway/documents.html", context)


class OfPapers(OfSituation):
    """An act that comes from, and goes back to, the tab of papers."""

    template_name = "journeys/pathway/paper.html"

    def next_url(self):
        return reverse("journey_documents", args=[self.journey.pk])


class DocumentAddPage(OfPapers):
    form_class = forms.DocumentForm
    title = gettext_lazy("Ajouter une pièce")
    lead = gettext_lazy("Le plus souvent, une pièce se regarde et se rend : notez qui l’a vue.")
    submit = gettext_lazy("Ajouter la pièce")
    done = gettext_lazy("La pièce est notée.")

    def initial(self):
        return {"seen_on": timezone.localdate()}

    def act(self, form, seen):
        return actions.add_document(
            participant=self.journey.participant, by=self.request.user, **form.cleaned_data
        )


class PaperAddPage(DocumentAddPage):
    form_class = forms.PaperForm
    title = gettext_lazy("Garder un de ses papiers")
    lead = gettext_lazy("CV, diplôme… La personne le retrouve dans son espace. Rien d’obligatoire.")
    submit = gettext_lazy("Garder ce papier")
    done = gettext_lazy("Le papier est gardé.")

    def initial(self):
        return {}

    def act(self, form, seen):
        form.cleaned_data["seen_on"] = timezone.localdate()
        return super().act(form, seen)


class OfPaper(OfPapers):
    """An act on one paper of the file."""

    def find(self, request, pk, document):
        journey = super().find(request, pk)
        papers = Document.objects.visible_to(request.user)
        self.document = get_object_or_404(papers, pk=document, participant=journey.participant_id)
        if self.document.kind == DocumentKind.SIGNED_PAGE:
            raise Http404  # it stays with the contract
        return journey


class FilePage(OfPaper):
    form_class = forms.FileForm

    @property
    def title(self):
        if self.document.file:
            return _("Remplacer le fichier : %(paper)s") % {"paper": self.document}
        return _("Garder un fichier : %(paper)s") % {"paper": self.document}

    @property
    def lead(self):
        return _("Le fichier d’avant s’efface tout de suite.") if self.document.file else ""

    submit = gettext_lazy("Garder ce fichier")
    done = gettext_lazy("Le fichier est gardé.")

    def act(self, form, seen):
        actions.replace_file(
            document=self.document, by=self.request.user, photo=form.cleaned_data["photo"]
        )


class TitlePage(OfPaper):
    form_class = forms.TitleForm
    title = gettext_lazy("Changer le titre")
    submit = gettext_lazy("Changer le titre")
    done = gettext_lazy("Le titre est changé.")

    @property
    def lead(self):
        return self.document.get_kind_display().capitalize()

    def initial(self):
        return {"title": self.document.title}

    def act(self, form, seen):
        title = form.cleaned_data["title"]
        actions.rename(document=self.document, by=self.request.user, title=title)


class RemovePage(OfPaper):
    template_name = "journeys/pathway/confirm.html"
    form_class = forms.RemovalForm
    submit = gettext_lazy("Retirer")
    danger = True

    @property
    def title(self):
        return _("Retirer « %(paper)s » ?") % {"paper": self.document}

    @property
    def effects(self):
        if self.document.agreed_on:
            return [_("La photo s’efface tout de suite, avec l’accord qui la concernait.")]
        return [
            _("Elle disparaît du dossier. Vous pouvez la remettre pendant un quart d’heure."),
            _("Ensuite, elle s’efface pour de bon, fichier compris."),
            _("Si elle prouvait une sortie ou une étape, ce justificatif manquera de nouveau."),
        ]

    def act(self, form, seen):
        if self.document.agreed_on:
            actions.erase_paper(document=self.document, by=self.request.user)
            return None
        reason = form.cleaned_data["reason"]
        return actions.remove(document=self.document, by=self.request.user, reason=reason)

    @property
    def done(self):
        return _("La photo est effacée.") if self.document.agreed_on else _("C’est retiré.")

    def after(self, row):
        if row is None:
            return {}
        return {"undo_url": reverse("document_restore", args=[self.journey.pk, row.pk])}


@post_only
def restore(request, pk, document):
    """Take one's own removal back, within a quarter of an hour."""
    journey = journey_for(request, pk, "journeys.act")
    if not reading_of(request.user, journey).answers:
        raise PermissionDenied
    paper = get_object_or_404(journey.participant.documents, pk=document)
    try:
        actions.restore(document=paper, by=request.user)
    except ValidationError as error:
        tell(request, " ".join(error.messages), level=30)
    else:
        tell(request, _("C’est remis dans le dossier."))
    return redirect("journey_documents", pk)


class OfClaim(OfPapers):
    """A proof for one exit or one outcome: noted before, or noted now."""

    form_class = forms.ClaimForm
    submit = gettext_lazy("Ajouter le justificatif")
    done = gettext_lazy("Le justificatif est noté.")

    @property
    def papers(self):
        papers = Document.objects.visible_to(self.request.user).proofs()
        papers = papers.filter(participant=self.journey.participant_id)
        return papers.exclude(kind=DocumentKind.SIGNED_PAGE)

    def form_options(self):
        return {"papers": self.papers, "initial": {"proof_seen_on": timezone.localdate()}}

    def act(self, form, seen):
        of_claim = {"row": self.claimed, "by": self.request.user}
        if pk := form.cleaned_data.get("document"):
            spans.attach(**of_claim, document=get_object_or_404(self.papers, pk=pk))
        else:
            spans.prove(**of_claim, **form.proof())


class ExitProof(OfClaim):
    def find(self, request, pk, absence):
        journey = super().find(request, pk)
        self.claimed = get_object_or_404(journey.absences.exits(), pk=absence)
        return journey

    @property
    def title(self):
        day = french.day(self.claimed.from_on, weekday=False)
        return _("Justificatif de la sortie du %(day)s") % {"day": day}

    @property
    def lead(self):
        return short_label(self.claimed.exit_kind)


class OutcomeProof(OfClaim):
    def find(self, request, pk, outcome):
        journey = super().find(request, pk)
        self.claimed = get_object_or_404(journey.outcomes, pk=outcome)
        return journey

    @property
    def title(self):
        day = french.day(self.claimed.started_on, weekday=False)
        return _("Justificatif de l’étape du %(day)s") % {"day": day}

    @property
    def lead(self):
        return short_label(self.claimed.kind)
