import { createRoot } from "react-dom/client";

import { Root } from "./app/Root";
import { startLanguage } from "./app/i18n/language";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
const page = createRoot(root);
void startLanguage().then(() => { page.render(<Root />); });
