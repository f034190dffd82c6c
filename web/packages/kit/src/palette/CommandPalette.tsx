import { SearchOutlined } from "@ant-design/icons";
import { Input, Modal, Spin } from "antd";
import { useId, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import styles from "./CommandPalette.module.css";

export interface PaletteGroup {
  key: string;
  label: string;
  items: { title: string; subtitle: string; url: string }[];
}

interface CommandPaletteProps {
  open: boolean;
  close: () => void;
  text: string;
  setText: (text: string) => void;
  groups: PaletteGroup[];
  searching: boolean;
}

/** Search and jump anywhere: arrows choose, Enter goes, Esc closes. */
export function CommandPalette(props: CommandPaletteProps) {
  const { t } = useTranslation("kit");
  return (
    <Modal
      open={props.open} onCancel={props.close} footer={null} closable={false} width={600} destroyOnHidden
      title={t("palette.hint")} styles={{ container: { padding: 0 }, header: { display: "none" } }} style={{ top: 88 }}
    >
      <PaletteBody {...props} />
    </Modal>
  );
}

function PaletteBody({ close, text, setText, groups, searching }: CommandPaletteProps) {
  const { t } = useTranslation("kit");
  const navigate = useNavigate();
  const list = useId();
  const [active, setActive] = useState(0);
  const items = groups.flatMap((group) => group.items);
  const current = Math.min(active, Math.max(items.length - 1, 0));
  const option = (index: number) => `${list}-${index.toString()}`;
  const go = (url: string | undefined) => {
    if (!url) return;
    close();
    void navigate(url);
  };
  const move = (step: number) => {
    const next = items.length === 0 ? 0 : (current + step + items.length) % items.length;
    setActive(next);
    document.getElementById(option(next))?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    }
    if (event.key === "Enter") go(items[current]?.url);
  };
  return (
    <>
      <Input
        autoFocus size="large" variant="borderless" className={styles.input}
        prefix={<SearchOutlined aria-hidden />} suffix={searching ? <Spin size="small" /> : <kbd className={styles.key}>Esc</kbd>}
        placeholder={t("palette.hint")} aria-label={t("palette.hint")} value={text}
        role="combobox" aria-expanded aria-controls={list} aria-activedescendant={items.length > 0 ? option(current) : undefined}
        onChange={(event) => { setText(event.target.value); setActive(0); }}
        onKeyDown={onKeyDown}
      />
      <div id={list} role="listbox" aria-label={t("palette.results")} className={styles.results}>
        {groups.filter((group) => group.items.length > 0).map((group) => (
          <div key={group.key} role="group" aria-label={group.label}>
            <div className={styles.group} aria-hidden>{group.label}</div>
            {group.items.map((item) => {
              const place = items.indexOf(item);
              return (
                // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- keys are taken by the field, as in every combobox
                <div
                  key={item.url} id={option(place)} role="option" aria-selected={place === current} tabIndex={-1}
                  className={place === current ? `${styles.item} ${styles.active}` : styles.item}
                  onMouseMove={() => { setActive(place); }}
                  onClick={() => { go(item.url); }}
                >
                  <span className={styles.title}>{item.title}</span>
                  <span className={styles.subtitle}>{item.subtitle}</span>
                </div>
              );
            })}
          </div>
        ))}
        {items.length === 0 && !searching && <p className={styles.nothing}>{t("palette.nothing")}</p>}
      </div>
    </>
  );
}
