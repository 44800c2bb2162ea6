// The data of the report, by id.

const data = JSON.parse(document.getElementById("data").textContent);
const documents = new Map(data.documents.map((item) => [item.id, item]));
const pages = new Map(data.pages.map((page) => [page.id, page]));
const entities = new Map(data.entities.map((entity) => [entity.id, entity]));
const pairs = new Map(data.pairs.map((pair) => [`${pair.a}_${pair.b}`, pair]));
