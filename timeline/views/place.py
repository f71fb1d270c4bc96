from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from timeline.models import Place

from .listing import page_of
from .subject_page import subject_page


def place_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Place.objects.public().with_event_count())
    return render(request, "timeline/place_list.html", {"page": page, "current": "places"})


def place_detail(request: HttpRequest, slug: str) -> HttpResponse:
    place = get_object_or_404(Place.objects.public(), slug=slug)
    context = {"place": place, "coordinates": coordinates(place), "current": "places"}
    return subject_page(request, "place", place, context)


def coordinates(place: Place) -> str:
    """Return "39.815° N, 46.752° E"; empty where they are not known."""
    if place.latitude is None:
        return ""
    north, east = ("N", "S")[place.latitude < 0], ("E", "W")[place.longitude < 0]
    return f"{abs(place.latitude).normalize():f}° {north}, {abs(place.longitude).normalize():f}° {east}"
