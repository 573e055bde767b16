"""What the pages of « Programme » share: their tabs, which programme is looked at, acts by form."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from rtr.lib.kept import bound
from rtr.lib.refusals import say_refusal, words_of
from rtr.lib.told import tell
from territories.accounts.doors import require
from territories.coordination.tabs import tabs_for
from territories.organisations.models import Organisation
from territories.places.models import Territory
from territories.programmes.models import Programme


def part(request: HttpRequest, template: str, context: dict, status: int = 200) -> HttpResponse:
    """A page under the tabs: its template extends territories/coordination/layout.html."""
    return render(request, template, context | {"tabs": tabs_for(request)}, status=status)


def managed(request: HttpRequest) -> QuerySet[Programme]:
    ids = request.user.programmes_where("programme.manage")
    return Programme.objects.visible_to(request.user).filter(pk__in=ids)


def manages(user, organisation: Organisation) -> bool:
    """Whether a programme that the user manages knows this body."""
    theirs = user.programmes_where("programme.manage")
    known = Organisation.objects.visible_to(user).of_programmes(theirs)
    return known.filter(pk=organisation.pk).exists()


def managed_programme(request: HttpRequest, slug: str = "") -> Programme:
    """The one the address asks for; else the top bar's, else the first: 404 if none is theirs."""
    programmes = managed(request)
    if slug := slug or request.GET.get("programme", ""):
        return get_object_or_404(programmes, slug=slug)
    here = programmes.filter(territories__in=request.place_ids).first()
    return here or get_object_or_404(programmes.order_by("name")[:1])


def territory_for(request: HttpRequest, pk: int, permission: str = "") -> Territory:
    """404 if it is not one of theirs, 403 if they may not do this there."""
    territories = Territory.objects.visible_to(request.user).select_related("programme")
    territory = get_object_or_404(territories, pk=pk)
    if permission:
        require(request.user, permission, territory.pk)
    return territory


def url_if_any(name: str, *args) -> str:
    """The address of a page that another part of the product may bring, or nothing."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


class ManagerAct(View):
    """The page of one act: GET asks, POST does and says what changed, or why not.

    Subclasses say the words, the form, `find(**kwargs)` and `act(form)`; `act` may raise
    ValidationError, shown beside the field.
    """

    template_name = "territories/coordination/act.html"
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
        """Sets what the act is about, scope first."""

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
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            row = self.act(form)
        except ValidationError as error:
            say_refusal(form, error)
        except IntegrityError as error:
            form.add_error(None, words_of(error))
        else:
            tell(request, str(self.done), **self.after(row))
            return redirect(self.next_url())
        return self.page(form, status=422)

    def page(self, form, *, status=200):
        back_url, back_word = self.back()
        context = {"form": form, "page": self, "back_url": back_url, "back_word": back_word}
        return part(self.request, self.template_name, context | self.extra(), status)

    def extra(self) -> dict:
        return {}
