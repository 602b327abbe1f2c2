// Shows the OpenAPI document that is chosen, with swagger-ui. This swagger-ui reads OpenAPI 3.0; ours say 3.1 and use
// nothing that it could not draw, so it is given the number that it knows.
"use strict";

const links = [...document.querySelectorAll("a[data-api]")];

function show(link) {
  for (const each of links) each.setAttribute("aria-current", String(each === link));
  SwaggerUIBundle({
    url: link.href,
    domNode: document.getElementById("swagger"),
    deepLinking: false,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
    responseInterceptor: (response) => {
      if (typeof response.text === "string" && response.url === link.href) {
        const known = response.text.replace(/"openapi":\s*"3\.1\.\d+"/, '"openapi":"3.0.3"');
        response.text = known;
        response.data = known;
        response.body = JSON.parse(known);
        response.obj = response.body;
      }
      return response;
    },
  });
}

for (const link of links) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `#${link.dataset.api}`);
    show(link);
  });
}
show(links.find((link) => `#${link.dataset.api}` === location.hash) || links[0]);
