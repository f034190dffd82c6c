"""Official accounts and mini-programs of WeChat: followers, messages, codes, menus, and who somebody is."""
