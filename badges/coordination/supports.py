"""Asking others to support a model or oneself; supporting in the name of one's house."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.achievements.models import AchievementVersion
from badges.coordination.houses import ABOUT, house_for, houses_of
from badges.endorsements import actions
from badges.endorsements.forms import AskForm, OfferAboutPersonForm, OfferForm
from badges.endorsements.models import Endorsement
from badges.issuers.enums import State as IssuerState
from badges.issuers.models import Issuer
from rtr.lib import qr
from rtr.lib.forms import Form
from territories.accounts.doors import require
from territories.coordination.pages import ManagerAct
from territories.organisations.models import ConsortiumMember, Organisation
from territories.places.models import Territory

OURS = ("our_badges", gettext_lazy("Nos badges"))


class HouseAct(ManagerAct):
    """A page of one act for whoever works in a house; the way back is « Nos badges »."""

    template_name = "badges/coordination/act.html"

    def back(self):
        return reverse(OURS[0]), OURS[1]


def territory_of(request, permission: str) -> Territory:
    """Where the person does this: the territory of the top bar, else their first."""
    places = request.user.territories_where(permission)
    rows = Territory.objects.visible_to(request.user).filter(pk__in=places)
    found = rows.filter(pk__in=request.place_ids).first() or rows.first()
    if found is None:
        raise PermissionDenied
    return found


def bodies_of(territory: Territory):
    """The consortium of a programme, today."""
    members = ConsortiumMember.objects.filter(programme=territory.programme_id, until_on=None)
    return Organisation.objects.open().filter(pk__in=members.values("organisation"))


def support_of(request, pk: int, permission: str = "") -> Endorsement:
    rows = Endorsement.objects.visible_to(request.user).select_related("territory", *ABOUT)
    found = get_object_or_404(rows, pk=pk)
    if permission:
        require(request.user, permission, found.territory_id)
    return found


# -- Asking ----------------------------------------------------------------------------------------


class Ask(HouseAct):
    """By mail, or by a link that is shown once."""

    form_class = AskForm
    title = gettext_lazy("Demander un soutien")
    submit = gettext_lazy("Créer le lien")

    @property
    def done(self):
        if self.row.was_mailed:
            return _("Le lien est parti. Il sert une fois, pendant soixante jours.")
        return _("Le lien est prêt. Il sert une fois, pendant soixante jours.")

    def subjects(self):
        """What may be asked about, of what the person knows."""
        raise NotImplementedError

    def find(self, pk):
        self.territory = territory_of(self.request, "endorsements.ask")
        self.subject = get_object_or_404(self.subjects(), pk=pk)
        self.lead = _("La personne dira en quelques mots pourquoi elle soutient « %(name)s ».") % {
            "name": self.subject.name
        }

    def form_options(self):
        return {"bodies": bodies_of(self.territory)}

    def act(self, form):
        self.row, self.token = actions.invite(
            subject=self.subject,
            territory=self.territory,
            by=self.request.user,
            **form.cleaned_data,
        )

    def post(self, request, **kwargs):
        response = super().post(request, **kwargs)
        if response.status_code == 302 and not self.row.was_mailed:
            return shown(request, self.token, self.subject.name, *self.back())
        return response


class AskForModel(Ask):
    def subjects(self):
        rows = AchievementVersion.objects.visible_to(self.request.user)
        return rows.select_related("achievement__organisation")


class AskForHouse(Ask):
    def subjects(self):
        return Issuer.objects.visible_to(self.request.user)


def shown(request, token: str, what: str, back_url: str, back_word: str):
    """The link, once: to print, to scan, to copy."""
    url = actions.address(token)
    context = {
        "url": url,
        "what": what,
        "qr": qr.svg(url, _("L’adresse du lien, à scanner")),
        "back_url": back_url,
        "back_word": back_word,
    }
    return render(request, "badges/coordination/link.html", context)


# -- Supporting, in the name of one's house --------------------------------------------------------


class ChooseForm(OfferForm):
    """Which badge of the network, or which structure."""

    subject = forms.ChoiceField(label=gettext_lazy("Que soutenez-vous ?"))
    field_order = ["subject", "comment"]

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", _("Choisissez")), *choices]


class Offer(HouseAct):
    """Unasked."""

    form_class = ChooseForm
    title = gettext_lazy("Soutenir un badge ou une structure")
    submit = gettext_lazy("Signer ce soutien")
    done = gettext_lazy("C’est signé, au nom de votre structure.")

    def find(self):
        self.territory = territory_of(self.request, "badges.of_house")
        self.house, _houses = house_for(self.request)
        self.lead = _("Signé par %(house)s, avec sa clé.") % {"house": self.house}

    def _subjects(self) -> dict:
        user = self.request.user
        versions = (
            AchievementVersion.objects.visible_to(user).published().select_related("achievement")
        )
        versions = versions.filter(achievement__status="published").exclude(
            achievement__organisation=self.house
        )
        last = {one.achievement_id: one for one in versions.order_by("number")}
        bodies = Issuer.objects.visible_to(user).exclude(organisation=self.house)
        found = {f"m{one.pk}": one for one in sorted(last.values(), key=lambda one: one.name)}
        return found | {f"s{one.pk}": one for one in bodies.exclude(state=IssuerState.LEFT)}

    def form_options(self):
        found = self._subjects()
        groups = [(_("Un badge"), "m"), (_("Une structure"), "s")]
        choices = [
            (word, [(key, one.name) for key, one in found.items() if key.startswith(letter)])
            for word, letter in groups
        ]
        return {"choices": [group for group in choices if group[1]]}

    def act(self, form):
        return actions.offer(
            subject=self._subjects()[form.cleaned_data["subject"]],
            territory=self.territory,
            organisation=self.house,
            by=self.request.user,
            comment=form.cleaned_data["comment"],
        )


class Answer(HouseAct):
    """Asked of one's house."""

    title = gettext_lazy("Soutenir")
    submit = gettext_lazy("Signer ce soutien")
    done = gettext_lazy("C’est signé, au nom de votre structure.")

    def find(self, pk):
        self.row = support_of(self.request, pk)
        houses = houses_of(self.request.user).filter(pk=self.row.organisation_id)
        if self.row.state != "invited":
            raise Http404
        self.house = get_object_or_404(houses)
        self.form_class = OfferAboutPersonForm if self.row.credential_id else OfferForm
        self.title = _("Soutenir « %(name)s »") % {"name": self.row.subject_name}
        self.lead = _("Signé par %(house)s, avec sa clé.") % {"house": self.house}

    def act(self, form):
        return actions.offer(
            endorsement=self.row,
            organisation=self.house,
            by=self.request.user,
            comment=form.cleaned_data["comment"],
        )

    def extra(self):
        return {"row": self.row}


class Plain(HouseAct):
    """An act without anything to type: it says what will happen."""

    form_class = Form
    permission = "endorsements.ask"

    def find(self, pk):
        self.row = support_of(self.request, pk, self.permission)
        self.lead = _("« %(name)s »") % {"name": self.row.subject_name}


class SayNo(Plain):
    title = gettext_lazy("Dire non à cette demande ?")
    submit = gettext_lazy("Dire non")
    done = gettext_lazy("C’est noté : la demande est fermée.")
    effects = [gettext_lazy("Le lien qui a pu être envoyé se ferme.")]
    permission = "badges.of_house"

    def act(self, form):
        houses = self.request.user.organisations_where(self.permission)
        if self.row.organisation_id not in houses:
            raise PermissionDenied
        actions.decline(endorsement=self.row, by=self.request.user)


class Know(Plain):
    title = gettext_lazy("Vous connaissez cette personne ?")
    submit = gettext_lazy("Oui, je la connais")
    done = gettext_lazy("C’est noté : son identité est dite vérifiée.")
    effects = [
        gettext_lazy("Les pages disent « identité vérifiée »."),
        gettext_lazy("Votre nom est gardé ici, et n’est pas montré."),
    ]

    def act(self, form):
        actions.vouch(endorsement=self.row, by=self.request.user)

    def extra(self):
        return {"row": self.row}


class Cancel(Plain):
    title = gettext_lazy("Fermer ce lien ?")
    submit = gettext_lazy("Fermer le lien")
    done = gettext_lazy("Le lien est fermé.")
    effects = [gettext_lazy("Le lien ne marche plus. L’adresse de la personne est oubliée.")]

    def act(self, form):
        if self.row.state != "invited":
            raise ValidationError(_("La personne a répondu."))
        actions.cancel(endorsement=self.row, by=self.request.user)


class Withdraw(Plain):
    """By who gave it for their house; by who answers for the badges of a territory."""

    title = gettext_lazy("Retirer ce soutien ?")
    submit = gettext_lazy("Retirer le soutien")
    done = gettext_lazy("Le soutien est retiré.")
    danger = True
    effects = [
        gettext_lazy("Ses mots sont effacés, et les vérificateurs le sauront."),
        gettext_lazy("Les badges qui le portent sont signés de nouveau, sans lui."),
    ]

    def find(self, pk):
        super().find(pk)
        user = self.request.user
        is_theirs = self.row.organisation_id in user.organisations_where("badges.of_house")
        if not is_theirs and not user.may("badges.read_all", self.row.territory_id):
            raise PermissionDenied

    def act(self, form):
        actions.withdraw(endorsement=self.row, by=self.request.user)
