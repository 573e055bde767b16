"""What the pages of groups share: the action at the door, and acts by form."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from journeys.collective.models import CollectiveAction
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal, words_of
from rtr.lib.told import tell
from territories.accounts.models import User
from territories.accounts.permissions import PERMISSIONS


def action_for(request: HttpRequest, pk: int, *, to_change: bool = False) -> CollectiveAction:
    """404 if the user may not know it, 403 if they may not change it."""
    actions = CollectiveAction.objects.visible_to(request.user)
    actions = actions.select_related(
        "activity__territory__programme",
        "activity__organisation",
        "activity__place",
        "leader",
        "co_leader",
    )
    found = get_object_or_404(actions, pk=pk)
    if to_change and not may_change(request, found):
        raise PermissionDenied
    return found


def may_change(request: HttpRequest, action: CollectiveAction) -> bool:
    managed = CollectiveAction.objects.visible_to(request.user).managed_by(request.user)
    return managed.filter(pk=action.pk).exists()


def colleagues_in(territory_id: int):
    """Who may lead something there: an open account with such a role in force."""
    roles = PERMISSIONS["collective.lead"]
    found = User.objects.filter(
        is_active=True, memberships__territories=territory_id, memberships__role__in=roles
    )
    return found.distinct().order_by("first_name", "last_name", "pk")


class FormPage(View):
    """GET asks, POST does and says what changed, or why not; what was typed stays.

    Subclasses say the words, the form, `find(**kwargs)`, which asks first whose row it is, and
    `act(form)`, which may raise ValidationError, shown beside its field.
    """

    template_name = "journeys/collective/act.html"
    form_class: type = None
    title, lead = "", ""
    submit = _("Enregistrer")
    done = _("C’est enregistré.")
    danger = False
    effects: list[str] = []

    def dispatch(self, request, *args, **kwargs):
        self.find(**kwargs)
        return super().dispatch(request, *args, **kwargs)

    def find(self, **kwargs) -> None:
        raise NotImplementedError

    def form_options(self) -> dict:
        return {}

    def act(self, form):
        raise NotImplementedError

    def back(self) -> tuple[str, str]:
        """The page above: its address and its name."""
        raise NotImplementedError

    def next_url(self) -> str:
        return self.back()[0]

    def after(self, row) -> dict:
        """What the success message offers besides its words."""
        return {}

    def get(self, request, **kwargs):
        return self.page(bound(self.form_class, request, **self.form_options()))

    def post(self, request, **kwargs):
        form = bound(self.form_class, request, **self.form_options())
        if form.is_valid() and self.done_with(form):
            return redirect(self.next_url())
        return self.page(form, status=422)

    def done_with(self, form) -> bool:
        try:
            row = self.act(form)
        except ValidationError as error:
            say_refusal(form, error)
        except IntegrityError as error:
            form.add_error(None, words_of(error))
        else:
            tell(self.request, str(self.done), **self.after(row))
            return True
        return False

    def page(self, form, *, status=200):
        back_url, back_word = self.back()
        context = {"form": form, "page": self, "back_url": back_url, "back_word": back_word}
        return render(self.request, self.template_name, context | self.extra(), status=status)

    def extra(self) -> dict:
        return {}
