"""What zxcvbn says about a password, in both languages. The list is the library's; a test compares them."""

from __future__ import annotations

from cove.kernel.words import Words

_ZH = {
    "Use a few words, avoid common phrases.": "用几个不相关的词组成，避免常见短语",
    "No need for symbols, digits, or uppercase letters.": "不必强求符号、数字或大写字母",
    "Add another word or two. Uncommon words are better.": "再加一两个词，越少见越好",
    "Straight rows of keys are easy to guess.": "键盘上连续的一排键很容易被猜到",
    "Short keyboard patterns are easy to guess.": "简短的键盘图案很容易被猜到",
    "Use a longer keyboard pattern with more turns.": "键盘图案要更长、转折更多",
    'Repeats like "aaa" are easy to guess.': "像 “aaa” 这样的重复很容易被猜到",
    'Repeats like "abcabcabc" are only slightly harder to guess than "abc".': "“abcabcabc” 这样的重复只比 “abc” 难猜一点点",
    "Avoid repeated words and characters.": "避免重复的词和字符",
    'Sequences like "abc" or "6543" are easy to guess.': "“abc”“6543” 这样的顺序很容易被猜到",
    "Avoid sequences.": "避免连续的顺序",
    "Recent years are easy to guess.": "近年的年份很容易被猜到",
    "Avoid recent years.": "避免使用近年的年份",
    "Avoid years that are associated with you.": "避免使用与您有关的年份",
    "Dates are often easy to guess.": "日期通常很容易被猜到",
    "Avoid dates and years that are associated with you.": "避免使用与您有关的日期和年份",
    "This is a top-10 common password.": "这是最常见的 10 个密码之一",
    "This is a top-100 common password.": "这是最常见的 100 个密码之一",
    "This is a very common password.": "这是很常见的密码",
    "This is similar to a commonly used password.": "与常见密码很相似",
    "A word by itself is easy to guess.": "单独一个词很容易被猜到",
    "Names and surnames by themselves are easy to guess.": "单独的姓名很容易被猜到",
    "Common names and surnames are easy to guess.": "常见的姓名很容易被猜到",
    "Capitalization doesn't help very much.": "只把首字母大写作用不大",
    "All-uppercase is almost as easy to guess as all-lowercase.": "全部大写和全部小写一样容易被猜到",
    "Reversed words aren't much harder to guess.": "把词倒过来并不会难猜多少",
    "Predictable substitutions like '@' instead of 'a' don't help very much.": "用 “@” 代替 “a” 这类替换作用不大",
}

FEEDBACK: dict[str, Words] = {en: Words(zh, en.rstrip(".")) for en, zh in _ZH.items()}
