/** Amounts come in ten-thousandths of a yuan. */
const UNIT = 10_000;

export const yuan = (amount: number) => amount / UNIT;

export const amountOf = (value: number) => Math.round(value * UNIT);

export const yuanText = (amount: number, digits = 2) => yuan(amount).toFixed(digits);
