"""Publishing, retiring, giving back, throwing a draft away: each asks first."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges.achievements import actions
from badges.achievements.coordination.doors import StewardAct
from badges.achievements.enums import Status
from rtr.lib import french
from rtr.lib.forms import Form


class Publish(StewardAct):
    form_class = Form
    submit = gettext_lazy("Publier le badge")
    done = gettext_lazy("Le badge est publié : il peut être visé et délivré.")

    @property
    def title(self):
        return _("Publier « %(name)s » ?") % {"name": self.called}

    @property
    def effects(self):
        said = [
            _("Ses mots et son image ne changent plus : un changement fera une autre version."),
            _("Chacun peut lire sa page, sans se connecter."),
        ]
        if self.badge.status != Status.DRAFT:
            said.append(_("Les badges déjà délivrés gardent leur version."))
        return said

    def act(self, form):
        return actions.publish(achievement=self.badge, by=self.request.user)


class Retire(StewardAct):
    form_class = Form
    submit = gettext_lazy("Retirer le badge")
    done = gettext_lazy("Le badge est retiré du catalogue.")
    danger = True

    @property
    def title(self):
        return _("Retirer « %(name)s » du catalogue ?") % {"name": self.called}

    @property
    def effects(self):
        given = self.badge.versions.filter(credentials__isnull=False).count()
        kept = _("%(number)s %(badges)s de vos territoires restent valables.") % {
            "number": french.capitalised(french.spelled(given)),
            "badges": french.plural(given, _("badge délivré"), _("badges délivrés")),
        }
        return [
            _("Il n’est plus proposé, ni aux objectifs ni à qui délivre."),
            kept if given > 1 else _("Les badges déjà délivrés restent valables."),
            _("Sa page publique reste, les objectifs qui le visent le gardent."),
            _("Vous pourrez le remettre."),
        ]

    def act(self, form):
        actions.retire(achievement=self.badge, by=self.request.user)

    def after(self, row):
        url = reverse("achievement_restore", args=[self.badge.pk])
        return {"undo_url": url, "undo": _("Le remettre")}


class Restore(StewardAct):
    form_class = Form
    submit = gettext_lazy("Remettre le badge")
    done = gettext_lazy("Le badge est de nouveau au catalogue.")
    effects = [gettext_lazy("Il est proposé de nouveau, dans sa dernière version publiée.")]

    @property
    def title(self):
        return _("Remettre « %(name)s » au catalogue ?") % {"name": self.called}

    def act(self, form):
        actions.restore(achievement=self.badge, by=self.request.user)


class Drop(StewardAct):
    form_class = Form
    submit = gettext_lazy("Jeter le brouillon")
    done = gettext_lazy("Le brouillon est jeté.")
    danger = True

    @property
    def title(self):
        return _("Jeter le brouillon de « %(name)s » ?") % {"name": self.called}

    @property
    def effects(self):
        if self.badge.status == Status.DRAFT:
            return [_("Ce badge n’a jamais été publié : il disparaît.")]
        return [_("La version publiée reste telle qu’elle est.")]

    def act(self, form):
        self.gone = actions.drop_draft(achievement=self.badge, by=self.request.user)

    def next_url(self):
        return reverse("achievements") if self.gone else super().next_url()
