import type { NewWechatAccount } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Form, Radio } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useAddWechat } from "../api/wechat";
import { WechatFields } from "../parts/wechat/WechatFields";

const LIST = "/settings/wechat";
const KINDS = ["official", "mini"] as const;
const NOTHING: NewWechatAccount = { kind: "official", name: "", app_id: "", original_id: "", base_url: "", sealed_only: true, page_origins: [], domain_file: "" };
const UNSET = { secret: false, token: false, aesKey: false };

export default function WechatCreate() {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const toast = useToast();
  const add = useAddWechat();
  const made = useRef<number>(undefined);
  const kept = useKeptForm<NewWechatAccount>({
    name: "wechat.new",
    secrets: ["secret", "callback_token", "aes_key"],
    initial: NOTHING,
    submit: async (values) => { made.current = (await add.mutateAsync(values)).id; },
  });
  const done = () => {
    toast.done(t("wechat.saved"));
    void navigate(`${LIST}/${made.current?.toString() ?? ""}`);
  };
  return (
    <FormDrawer<NewWechatAccount> title={t("wechat.addTitle")} parent={LIST} kept={kept} submitLabel={t("wechat.add")} onDone={done}>
      <div>
        <Form.Item name="kind" label={t("wechat.kind.label")} required>
          <Radio.Group options={KINDS.map((value) => ({ value, label: t(`wechat.kind.${value}`) }))} />
        </Form.Item>
        <Form.Item noStyle dependencies={["kind"]}>
          {({ getFieldValue }) => <WechatFields official={getFieldValue("kind") === "official"} set={UNSET} />}
        </Form.Item>
      </div>
    </FormDrawer>
  );
}
