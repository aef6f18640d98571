"use strict";
// A filter chosen from an autocompletion applies at once, like a click on a listed value.
window.addEventListener("load", () => {
    for (const form of document.querySelectorAll("form.widget-filter")) {
        form.querySelector("button").hidden = true;
        django.jQuery(form).find("select").on("change", () => form.submit());
    }
});
