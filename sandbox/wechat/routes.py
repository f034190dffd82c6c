"""Where the platform answers."""

from starlette.routing import Route

from sandbox.wechat import articles, files, gate, pages

METHODS = ["GET", "POST"]

routes = [
    Route("/weixin/connect/oauth2/authorize", pages.authorize),
    Route("/weixin/cgi-bin/showqrcode", pages.show_code),
    Route("/weixin/media/{media_id}", files.show_file),
    Route("/weixin/s/{article_id}", articles.show_article),
    Route("/weixin/{path:path}", gate.answer, methods=METHODS),
]
