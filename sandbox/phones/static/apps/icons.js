// The signs of a phone's applications.
const sign = (from, to, paths) =>
  `<svg viewBox="0 0 60 60"><defs><linearGradient id="g${from.slice(1)}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><rect width="60" height="60" rx="14" fill="url(#g${from.slice(1)})"/>${paths}</svg>`;

export const signs = {
  wechat: sign("#2fdc6f", "#09b954", '<path fill="#fff" d="M24.500 15.500c-7.300 0-13 4.700-13 10.600 0 3.300 1.900 6.200 4.900 8.100l-1.300 3.900 4.600-2.300c1.500.4 3 .7 4.800.7h.9a8.600 8.600 0 0 1-.4-2.600c0-5.500 5.300-9.800 11.700-9.800h.8c-1.200-5-6.500-8.600-13-8.600Zm-4.600 6a1.700 1.700 0 1 1 0 3.400 1.700 1.700 0 0 1 0-3.400Zm9.200 0a1.700 1.700 0 1 1 0 3.400 1.700 1.700 0 0 1 0-3.400Zm19.400 12.600c0-4.900-4.900-8.900-10.700-8.900s-10.700 4-10.700 8.900 4.800 8.900 10.700 8.900c1.400 0 2.700-.2 3.900-.6l3.700 1.900-1-3.300c2.500-1.600 4.100-4.100 4.100-6.900Zm-14.300-1.600a1.400 1.400 0 1 1 0-2.800 1.400 1.400 0 0 1 0 2.800Zm7.300 0a1.400 1.400 0 1 1 0-2.800 1.400 1.400 0 0 1 0 2.800Z"/>'),
  wecom: sign("#5aa5ff", "#1f6fe0", '<path fill="#fff" d="M29 14.500c-9 0-16 5.800-16 13.200 0 4.100 2.200 7.600 5.700 10l-1.300 4.800 5.700-2.900c1.800.6 3.800.9 5.900.9 9 0 16-5.700 16-12.800S38 14.500 29 14.500Zm0 4c6.800 0 12 4 12 9.100s-5.200 8.900-12 8.900c-2.400 0-4.500-.4-6.400-1.200C19.300 33.700 17 31 17 27.700c0-5.200 5.200-9.200 12-9.200Z"/><circle cx="44.500" cy="40.500" r="4" fill="#ffd24a"/>'),
  mail: sign("#58b7ff", "#1673f2", '<rect x="12" y="18" width="36" height="25" rx="4.500" fill="#fff"/><path d="m14 21.500 16 12 16-12" fill="none" stroke="#2b86f4" stroke-width="2.400" stroke-linejoin="round"/>'),
  texts: sign("#7be66b", "#27c13c", '<path fill="#fff" d="M30 14.500c-9.700 0-17.500 6.200-17.500 13.900 0 4.600 2.900 8.700 7.300 11.200-.2 2.300-1.300 4.200-2.700 5.700 3.400-.3 6.300-1.600 8.500-3.500 1.400.3 2.900.4 4.400.4 9.700 0 17.500-6.200 17.500-13.800S39.700 14.500 30 14.500Z"/>'),
};

export const glyphs = {
  back: '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.100" stroke-linecap="round" stroke-linejoin="round"><path d="M15 4.500 7.500 12l7.500 7.500"/></svg>',
  more: '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.700"><circle cx="12" cy="12" r="9"/><g fill="currentColor" stroke="none"><circle cx="8" cy="12" r="1.200"/><circle cx="12" cy="12" r="1.200"/><circle cx="16" cy="12" r="1.200"/></g></svg>',
  send: '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.200" stroke-linecap="round" stroke-linejoin="round"><path d="M12 19V5.500M6 11.500l6-6 6 6"/></svg>',
};
