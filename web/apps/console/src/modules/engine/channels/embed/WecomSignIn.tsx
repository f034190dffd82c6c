import { WechatWorkOutlined } from "@ant-design/icons";
import { sessionQuery } from "@cove/api/session";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { signInOfferQuery } from "../api";

const inWecom = () => navigator.userAgent.toLowerCase().includes("wxwork");

function startAddress(company: string): string {
  const wanted = new URLSearchParams(location.search);
  wanted.delete("company");
  const rest = wanted.toString();
  const query = new URLSearchParams({ next: location.pathname + (rest && `?${rest}`) });
  if (company) query.set("company", company);
  return `/signin/wecom/start?${query.toString()}`;
}

/** The way in by WeCom, on the sign-in page. Inside WeCom it is taken at once, unless somebody has just signed out. */
export default function WecomSignIn() {
  const { t } = useTranslation("channels");
  const company = new URLSearchParams(location.search).get("company") ?? "";
  const { data } = useQuery(signInOfferQuery(company));
  const fresh = useQueryClient().getQueryState(sessionQuery.queryKey)?.dataUpdateCount === 1;
  const offered = data?.offered ?? false;
  const silently = offered && fresh && inWecom();
  useEffect(() => { if (silently) location.replace(startAddress(company)); }, [silently, company]);
  if (!offered) return null;
  return <Button block size="large" icon={<WechatWorkOutlined />} href={startAddress(company)}>{t("signIn.button")}</Button>;
}
