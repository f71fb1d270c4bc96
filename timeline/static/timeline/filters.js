// Keep the address of a filter short: leave out what is empty or says only what holds anyway.
const defaults = { when: "possible", order: "date" };

function shorten({ formData }) {
  for (const [name, value] of [...formData]) {
    if (value.trim() === "" || value === defaults[name]) formData.delete(name);
  }
}

document.addEventListener("formdata", shorten);
