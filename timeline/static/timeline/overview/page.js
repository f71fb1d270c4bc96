// The timeline's page: links and forms that change the filter swap its parts; the overview can be brushed; a long facet
// can be searched.

import * as brush from "./brush.js";
import * as facets from "./facets.js";
import * as swap from "./swap.js";

swap.start();
brush.start();
facets.start();
document.addEventListener("timeline:changed", () => {
  brush.start();
  facets.start();
});
