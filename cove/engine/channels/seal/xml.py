"""Callback XML as flat documents. Entity bombs and outside entities are refused by defusedxml."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring


class BadXml(ValueError):
    """Not XML as the platform writes it."""


def parse(text: bytes) -> dict[str, Any]:
    """Return the children of the root by name: text, or a document where there are children, or a list where a name repeats.

    Raises BadXml for what is malformed, nested absurdly deep, or declares a document type.
    """
    try:
        root = fromstring(text, forbid_dtd=True)
        found = _document(root)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as error:
        raise BadXml(type(error).__name__) from error
    if not isinstance(found, dict):
        raise BadXml("no elements")
    return found


def text_of(document: dict[str, Any], name: str) -> str:
    """Return the text of the element `name`, empty if it is missing or no plain text."""
    value = document.get(name, "")
    return value if isinstance(value, str) else ""


def _document(element: Element) -> dict[str, Any] | str:
    if not len(element):
        return element.text or ""
    found: dict[str, Any] = {}
    for child in element:
        value = _document(child)
        if child.tag not in found:
            found[child.tag] = value
        elif isinstance(found[child.tag], list):
            found[child.tag].append(value)
        else:
            found[child.tag] = [found[child.tag], value]
    return found
