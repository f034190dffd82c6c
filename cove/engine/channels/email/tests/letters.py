"""Mails that come back, as servers write them."""

from __future__ import annotations

ORIGINAL = "From: news@mail.shop.example\r\nTo: lin@qq.test\r\nMessage-ID: <{back}@mail.shop.example>\r\nSubject: =?utf-8?b?5paw5ZOB?=\r\n"


def bounce(back="", *, action="failed", status="5.1.1", said="550 5.1.1 <lin@qq.test>: Recipient address rejected"):
    """A delivery status notification as Postfix writes it (RFC 3464)."""
    return _lines(
        "From: MAILER-DAEMON@mx.qq.test",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"',
        "",
        "--B",
        "Content-Type: text/plain; charset=us-ascii",
        "",
        "I'm sorry to have to inform you that your message could not be delivered.",
        "",
        "--B",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.qq.test",
        "Arrival-Date: Sun, 22 Nov 2026 05:00:00 +0000 (UTC)",
        "",
        "Final-Recipient: rfc822; lin@qq.test",
        f"Action: {action}",
        f"Status: {status}",
        f"Diagnostic-Code: smtp; {said}",
        "",
        "--B",
        "Content-Type: text/rfc822-headers",
        "",
        ORIGINAL.format(back=back),
        "--B--",
        "",
    )


def complaint(back, kind="abuse"):
    """A complaint as feedback loops send it (RFC 5965)."""
    return _lines(
        "From: <abusedesk@qq.test>",
        "Subject: FW: complaint",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=feedback-report; boundary="B"',
        "",
        "--B",
        "Content-Type: text/plain",
        "",
        "This is an email abuse report.",
        "--B",
        "Content-Type: message/feedback-report",
        "",
        f"Feedback-Type: {kind}",
        "User-Agent: SomeGenerator/1.0",
        "Version: 1",
        "",
        "--B",
        "Content-Type: message/rfc822",
        "",
        ORIGINAL.format(back=back),
        "Hello",
        "--B--",
        "",
    )


def plain(text, *more):
    """A mail that knows no standard."""
    return _lines("From: postmaster@old.test", "Subject: failure notice", *more, "", text, "")


def _lines(*lines):
    return "\r\n".join(lines).encode()
