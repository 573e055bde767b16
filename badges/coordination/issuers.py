"""For managers: who may issue badges, under which name, with which keys."""

from types import SimpleNamespace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.achievements.actions import fault_of
from badges.coordination.forms import (
    NetworkForm,
    NeutralForm,
    ReplaceForm,
    StateForm,
    StrikeForm,
)
from badges.credentials.enums import State as CredentialState
from badges.credentials.models import Credential
from badges.endorsements.actions import recover
from badges.endorsements.models import Endorsement
from badges.issuers import actions
from badges.issuers.enums import KeyState, Kind
from badges.issuers.models import Issuer, IssuerKey
from rtr import scope
from rtr.lib.forms import Form
from territories.coordination.pages import ManagerAct, part
from territories.organisations.models import ConsortiumMember, Organisation
from territories.programmes.models import Programme

PERMISSION = "badges.issuers"
MOST_LISTED = 100
SAID_BY_ALL = ("name", "description")  # of a network, read on badges
EVERYWHERE = "numbers of badges that a key signed, wherever their holders live"


def programmes_of(user):
    ids = user.programmes_where(PERMISSION)
    return Programme.objects.visible_to(user).filter(pk__in=ids).order_by("name")


def bodies_of(user):
    """Bodies that are, today, in the consortium of a programme that the person manages."""
    members = ConsortiumMember.objects.active(timezone.localdate())
    members = members.filter(programme__in=user.programmes_where(PERMISSION))
    return Organisation.objects.filter(pk__in=members.values("organisation"))


def issuers_of(user):
    """Those of these bodies, those of bodies that left, and the networks of these programmes."""
    programmes = user.programmes_where(PERMISSION)
    known = Organisation.objects.visible_to(user).of_programmes(programmes)
    rows = Issuer.objects.visible_to(user)
    return rows.filter(Q(organisation__in=known) | Q(programme__in=programmes))


def issuer_of(request, pk: int) -> Issuer:
    rows = issuers_of(request.user).select_related("organisation", "neutral", "programme")
    return get_object_or_404(rows, pk=pk)


# -- Reading ---------------------------------------------------------------------------------------


def badge_issuers(request):
    active = Prefetch("keys", IssuerKey.objects.active(), to_attr="signing")
    found = issuers_of(request.user).select_related("organisation", "neutral")
    found = list(found.prefetch_related(active).order_by("name"))
    with scope.everything("numbers of badges by issuer"):
        pairs = Credential.objects.filter(issuer__in=found).values_list("issuer")
        counts = dict(pairs.annotate(n=Count("pk")).order_by())
    for one in found:
        one.count = counts.get(one.pk, 0)
    held = {one.organisation_id for one in found}
    context = {
        "bodies": [one for one in found if one.kind == Kind.ORGANISATION],
        "networks": [one for one in found if one.kind == Kind.NETWORK],
        "closed": bodies_of(request.user).open().exclude(pk__in=held).order_by("name"),
    }
    return part(request, "badges/coordination/issuers.html", context)


def badge_issuer(request, pk):
    found = issuer_of(request, pk)
    keys = list(found.keys.select_related("ended_by"))
    with scope.everything(EVERYWHERE):
        for name in ("ed_key", "rsa_key"):
            rows = Credential.objects.filter(**{f"{name}__in": keys}).values_list(name)
            counts = dict(rows.annotate(n=Count("pk")).order_by())
            for key in keys:
                key.signed = counts.get(key.pk, getattr(key, "signed", 0))
        spoken_for = Issuer.objects.filter(neutral=found).order_by("name")
    context = {
        "issuer": found,
        "signing": [key for key in keys if key.state == KeyState.ACTIVE],
        "ended": [key for key in keys if key.state != KeyState.ACTIVE],
        "spoken_for": list(spoken_for),
    }
    return part(request, "badges/coordination/issuer.html", context)


def badge_key(request, pk, row):
    """One key: the badges it signed, and how far they are mended once it is struck."""
    found = issuer_of(request, pk)
    key = get_object_or_404(found.keys, pk=row)
    return part(request, "badges/coordination/key.html", signed_by(key, request))


def signed_by(key: IssuerKey, request) -> dict:
    """Numbers everywhere, the latest ones of the person's own territories. No name is told."""
    with scope.everything(EVERYWHERE):
        rows = Credential.objects.signed_by(key).order_by()
        count, endorsements = rows.count(), Endorsement.objects.given().filter(key=key).count()
        left = rows.exclude(state=CredentialState.REVOKED).count()
    known = Credential.objects.visible_to(request.user).signed_by(key)
    asked = request.GET.get("sur", "")
    total = int(asked) if asked.isdecimal() and len(asked) < 9 else 0
    struck = key.state == KeyState.COMPROMISED
    return {
        "issuer": key.issuer,
        "key": key,
        "count": count,
        "endorsements": endorsements,
        "listed": list(known.select_related("version")[:MOST_LISTED]),
        "left": left if struck else 0,
        "total": max(total, left) if struck else 0,
        "done": max(total, left) - left if struck else 0,
    }


# -- Rights ----------------------------------------------------------------------------------------


class IssuerAct(ManagerAct):
    """`find` sets the issuer; the way back is its page."""

    def find(self, pk):
        self.issuer = issuer_of(self.request, pk)

    def back(self):
        return reverse("badge_issuer", args=[self.issuer.pk]), self.issuer.name


class Open(ManagerAct):
    """A body of the consortium may issue."""

    form_class = Form
    submit = gettext_lazy("Ouvrir le droit")
    done = gettext_lazy("La structure peut délivrer des badges.")
    effects = [
        gettext_lazy("Elle a une adresse publique, deux clés et une liste d’état."),
        gettext_lazy("Son nom, sa présentation et son site sont lus par tout le monde."),
        gettext_lazy("Ses badges sont signés sous son nom, sauf si vous en choisissez un autre."),
    ]

    def find(self, pk):
        self.body = get_object_or_404(bodies_of(self.request.user), pk=pk)
        self.title = _("Laisser %(name)s délivrer des badges ?") % {"name": self.body}

    def act(self, form):
        self.issuer = actions.open_issuer(organisation=self.body, by=self.request.user)

    def back(self):
        return reverse("badge_issuers"), _("Émetteurs de badges")

    def next_url(self):
        return reverse("badge_issuer", args=[self.issuer.pk])


class OpenNetwork(ManagerAct):
    form_class = NetworkForm
    title = gettext_lazy("Ouvrir un émetteur de réseau")
    lead = gettext_lazy(
        "Pour les structures dont le nom en dirait trop de la personne qui a le badge."
    )
    submit = gettext_lazy("Ouvrir l’émetteur")
    done = gettext_lazy("L’émetteur est ouvert.")

    def form_options(self):
        return {"programmes": programmes_of(self.request.user)}

    def act(self, form):
        chosen = programmes_of(self.request.user).get(pk=form.cleaned_data["programme"])
        faults = {name: fault_of(chosen, form.cleaned_data[name]) for name in SAID_BY_ALL}
        if any(faults.values()):
            raise ValidationError({name: fault for name, fault in faults.items() if fault})
        self.issuer = actions.open_network(
            programme=chosen,
            name=form.cleaned_data["name"],
            description=form.cleaned_data["description"],
            by=self.request.user,
        )

    def back(self):
        return reverse("badge_issuers"), _("Émetteurs de badges")

    def next_url(self):
        return reverse("badge_issuer", args=[self.issuer.pk])


class ChangeState(IssuerAct):
    form_class = StateForm
    title = gettext_lazy("Changer le droit de délivrer")
    lead = gettext_lazy("Les badges déjà délivrés restent valables et vérifiables.")

    def form_options(self):
        initial = {"state": self.issuer.state, "left_on": self.issuer.left_on}
        return {"initial": initial}

    def act(self, form):
        actions.change_state(
            issuer=self.issuer,
            state=form.cleaned_data["state"],
            on=form.cleaned_data["left_on"],
            by=self.request.user,
        )


class ChooseNeutral(IssuerAct):
    form_class = NeutralForm
    title = gettext_lazy("Sous quel nom délivrer ?")
    lead = gettext_lazy("Les prochains badges porteront ce nom. Les anciens gardent le leur.")

    def find(self, pk):
        super().find(pk)
        if self.issuer.kind != Kind.ORGANISATION:
            raise PermissionDenied

    def form_options(self):
        networks = issuers_of(self.request.user).active().filter(kind=Kind.NETWORK)
        return {"networks": networks, "initial": {"neutral": self.issuer.neutral}}

    def act(self, form):
        actions.speak_through(
            issuer=self.issuer, neutral=form.cleaned_data["neutral"], by=self.request.user
        )


# -- Keys ------------------------------------------------------------------------------------------


class Replace(IssuerAct):
    form_class = ReplaceForm
    title = gettext_lazy("Remplacer les clés ?")
    submit = gettext_lazy("Remplacer les clés")
    done = gettext_lazy("Les clés sont remplacées.")
    effects = [
        gettext_lazy("Les prochains badges sont signés par deux clés neuves."),
        gettext_lazy("Les badges déjà signés restent valables : les anciennes clés sont gardées."),
        gettext_lazy("La partie secrète des anciennes clés est oubliée."),
    ]

    def act(self, form):
        reason = form.cleaned_data["reason"]
        actions.rotate(issuer=self.issuer, by=self.request.user, reason=reason)


class Strike(IssuerAct):
    """A compromised key: it is struck, and its badges are mended, in one act."""

    template_name = "badges/coordination/strike.html"
    form_class = StrikeForm
    title = gettext_lazy("Déclarer cette clé compromise ?")
    submit = gettext_lazy("Déclarer la clé compromise")
    danger = True
    effects = [
        gettext_lazy("Tout ce qu’elle a signé est refusé par les vérificateurs, dès maintenant."),
        gettext_lazy("Si elle signait encore, une clé neuve la remplace."),
        gettext_lazy("Ses badges et ses soutiens sont signés de nouveau, ou annulés."),
    ]

    def find(self, pk, row):
        super().find(pk)
        rows = self.issuer.keys.exclude(state=KeyState.COMPROMISED)
        self.key = get_object_or_404(rows, pk=row)

    def act(self, form):
        said = form.cleaned_data
        self.mended = recover(
            key=self.key,
            by=self.request.user,
            reason=said["reason"],
            revoking=said["then"] == StrikeForm.REVOKE,
        )
        self.is_revoking = said["then"] == StrikeForm.REVOKE

    @property
    def done(self):
        if self.is_revoking:
            return _("La clé est rayée, ses badges sont annulés.")
        return _("La clé est rayée. Ses badges se signent de nouveau.")

    def next_url(self):
        url = reverse("badge_key", args=[self.issuer.pk, self.key.pk])
        return url if self.is_revoking else f"{url}?sur={len(self.mended)}"

    def extra(self):
        return {"signed": SimpleNamespace(**signed_by(self.key, self.request))}
