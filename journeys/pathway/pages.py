"""The page of one act on a journey: GET asks, POST does, says what changed, or why not."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from journeys.pathway.actions.acting import Stale
from journeys.pathway.models import Journey
from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal, words_of
from rtr.lib.told import tell
from territories.accounts.doors import require
from territories.journal.actions import record_opening


def journey_for(request: HttpRequest, pk: int, permission: str | None = None) -> Journey:
    """The journey with its status, 404 if the user may not know it, 403 if they may not do this
    there. Reading a page of somebody's file is noted in the journal, once an hour."""
    journeys = Journey.objects.visible_to(request.user).with_status()
    journeys = journeys.select_related(
        "participant__organisation", "territory__programme", "situation"
    )
    journey = get_object_or_404(journeys, pk=pk)
    if permission:
        require(request.user, permission, journey.territory_id)
    if request.method == "GET" and not request.user.territory_id:
        record_opening(
            by=request.user,
            territory_id=journey.territory_id,
            participant_id=journey.participant_id,
        )
    return journey


class ActPage(View):
    """Subclasses say the words, the form, and `act(form, seen)`.

    `act` calls an action with `seen`, the journey's version the person had before their eyes. It
    may raise ValidationError (shown beside the field) or Stale (shown with what changed).
    """

    permission = "journeys.act"
    template_name = "journeys/pathway/act.html"
    form_class: type = None
    title = ""
    lead = ""
    submit = _("Enregistrer")
    done = _("C’est enregistré.")
    danger = False
    undoable = False

    def dispatch(self, request, *args, **kwargs):
        self.journey = self.find(request, **kwargs)
        return super().dispatch(request, *args, **kwargs)

    def find(self, request, pk, **kwargs) -> Journey:
        """Sets what the act is about; deeper pages look for their row here, scope first."""
        return journey_for(request, pk, self.permission)

    def form_options(self) -> dict:
        return {"initial": self.initial()}

    def initial(self) -> dict:
        return {}

    def act(self, form, seen: int | None):
        raise NotImplementedError

    def next_url(self) -> str:
        return reverse("journey", args=[self.journey.pk])

    def get(self, request, *args, **kwargs):
        return self.page(bound(self.form_class, request, **self.form_options()))

    def post(self, request, *args, **kwargs):
        form = bound(self.form_class, request, **self.form_options())
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            row = self.act(form, self.seen)
        except Stale as stale:
            self.journey.version = stale.version
            return self.page(form, changes=stale.changes, status=409)
        except ValidationError as error:
            say_refusal(form, error)
        except IntegrityError as error:
            form.add_error(None, words_of(error))
        else:
            tell(request, str(self.done), **self.after(row))
            return redirect(self.next_url())
        return self.page(form, status=422)

    def after(self, row) -> dict:
        """What the success message offers: undo for undoable acts."""
        if not self.undoable:
            return {}
        args = [self.journey.pk, row._meta.model_name, row.pk]
        return {"undo_url": reverse("undo", args=args)}

    @property
    def seen(self) -> int | None:
        seen = self.request.POST.get("seen", "")
        return int(seen) if seen.isdecimal() and len(seen) < 10 else -1

    def page(self, form, *, status=200, changes=()):
        context = {
            "form": form,
            "journey": self.journey,
            "participant": self.journey.participant,
            "page": self,
            "seen": self.journey.version,
            "changes": changes,
            "back_url": self.next_url(),
        }
        return render(self.request, self.template_name, context | self.extra(), status=status)

    def extra(self) -> dict:
        return {}
