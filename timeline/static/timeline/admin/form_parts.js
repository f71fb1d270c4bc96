// Parts of a form that a page has from the beginning, or that are put into it with a form later ("fields:added").

export function whenFormIsThere(id, begin) {
  const look = () => {
    const place = document.getElementById(id);
    if (place && !place.hasBegun) {
      place.hasBegun = true;
      begin(place, place.closest("form"));
    }
  };
  look();
  document.addEventListener("fields:added", look);
}
