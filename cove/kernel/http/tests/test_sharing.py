"""Routes share the models of equal answers, and only those."""

from ninja import Router, Schema

from cove.kernel.http.gates import signed_in


class Found(Schema):
    name: str


class Refused(Schema):
    code: str


def test_equal_answers_have_one_model_and_others_their_own():
    router = Router()

    @router.get("/one", response={200: Found, 404: Refused, 204: None}, **signed_in())
    def one(request): ...

    @router.get("/many", response={200: list[Found], 403: Refused}, **signed_in())
    def many(request): ...

    first, second = (router.path_operations[path].operations[0].response_models for path in ("/one", "/many"))
    assert first[404] is second[403]
    assert first[204] is None
    assert first[200] is not second[200]
    assert first[200](response={"name": "a"}).response == Found(name="a")
    assert second[200](response=[{"name": "a"}]).response == [Found(name="a")]
