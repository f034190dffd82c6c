import type { RightsCatalogue, Scope } from "@cove/api/types";
import { Panel } from "@cove/kit/page/Panel";
import { Select } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { RightLine } from "./RightLine";
import { effective, operationsOf, type Held, type Rights } from "./rights";
import styles from "./RightsMatrix.module.css";

type Module = RightsCatalogue["modules"][number];
type Everybody = Scope | "none";

interface RightsMatrixProps {
  catalogue: RightsCatalogue;
  value?: Rights;
  onChange?: (rights: Rights) => void;
  /** The administrator's role holds everything, and what nobody may change is only shown. */
  everything?: boolean;
  locked?: boolean;
}

/** Give every right of a module one scope, or none of them. */
function withModule(rights: Rights, module: Module, scope: Everybody): Rights {
  const keys = new Set(module.operations.map((operation) => operation.key));
  const others = Object.entries(rights).filter(([key]) => !keys.has(key));
  const own = scope === "none" ? [] : module.operations.map((operation) => [operation.key, operation.scoped ? scope : "all"] as const);
  return Object.fromEntries([...others, ...own]);
}

/** Which rights a role gives, module by module: a box for each, the data scope where there is one. */
export function RightsMatrix({ catalogue, value = {}, onChange, everything = false, locked = false }: RightsMatrixProps) {
  const { t } = useTranslation("org");
  const operations = useMemo(() => operationsOf(catalogue), [catalogue]);
  const held = useMemo(() => effective(value, operations), [value, operations]);
  const set = (key: string, scope: Scope | undefined) => {
    const others = Object.entries(value).filter(([other]) => other !== key);
    onChange?.(Object.fromEntries(scope === undefined ? others : [...others, [key, scope]]));
  };
  const heldOf = (key: string): Held | undefined => (everything ? { scope: "all", because: [] } : held.get(key));
  return (
    <div className={styles.modules}>
      {catalogue.modules.map((module) => {
        const count = module.operations.filter((operation) => heldOf(operation.key)).length;
        const scoped = module.operations.some((operation) => operation.scoped);
        const choices = scoped ? catalogue.scopes : catalogue.scopes.filter((scope) => scope.key === "all");
        return (
          <Panel
            key={module.key} flush
            title={<>{module.label} <span className={styles.count}>{count} / {module.operations.length}</span></>}
            extra={!locked && (
              <Select<Everybody>
                size="small" variant="borderless" popupMatchSelectWidth={false} value={null as unknown as undefined}
                placeholder={t("roles.setAll")} aria-label={t("roles.setAllOf", { name: module.label })}
                options={[...choices.map((scope) => ({ value: scope.key as Everybody, label: scoped ? scope.label : t("roles.giveAll") })), { value: "none" as const, label: t("roles.giveNone") }]}
                onChange={(scope) => { onChange?.(withModule(value, module, scope)); }}
              />
            )}
          >
            <ul className={styles.lines}>
              {module.operations.map((operation) => (
                <RightLine
                  key={operation.key} operation={operation} scopes={catalogue.scopes} locked={locked}
                  held={heldOf(operation.key)} set={(scope) => { set(operation.key, scope); }}
                />
              ))}
            </ul>
          </Panel>
        );
      })}
    </div>
  );
}
