"""Shapes of this room's requests and answers."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common.money import WeiSerializerField
from generation.models import Choice, Comparison, Generation, Stage
from generation.selectors import bill_of, links_of
from generation.selectors.arena import SceneScore, campaign_for
from generation.services import votes


class GenerationInput(serializers.Serializer[Generation]):
    """Sizes, camera, lighting and sound are in the engine's terms (`generation/engine/spec.py`)."""

    prompt = serializers.CharField(max_length=4000)
    negative = serializers.CharField(max_length=4000, required=False, help_text="What guidance leads away from.")
    model = serializers.CharField(default="slate-nano")
    adapter = serializers.UUIDField(allow_null=True, default=None, help_text="A checkpoint of a run.")
    reference_image = serializers.UUIDField(allow_null=True, default=None, help_text="A ready image asset.")
    size = serializers.DictField(required=False, help_text="width, height, duration_s")
    camera = serializers.DictField(
        required=False, help_text="move and speed, or poses and intrinsics (one row, or one a pose)"
    )
    lighting = serializers.DictField(
        required=False, help_text="sun {azimuth_deg, elevation_deg, cct_k}, or lamps [{..., share}], or sh"
    )
    audio = serializers.DictField(required=False, help_text="style_caption, events [{name, onset_s, offset_s}]")
    steps = serializers.IntegerField(required=False)
    guidance = serializers.FloatField(required=False)
    seed = serializers.IntegerField(required=False)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        fields: dict[str, Any] = super().to_internal_value(data)
        return {
            "model": fields.pop("model"),
            "adapter_id": fields.pop("adapter"),
            "reference_image_id": fields.pop("reference_image"),
            "wanted": {"caption": fields.pop("prompt"), **fields},
        }


class StageOutput(serializers.ModelSerializer[Stage]):
    class Meta:
        model = Stage
        fields = ["position", "name", "seconds"]


class BillLineOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    seconds = serializers.FloatField()
    amount_wei = WeiSerializerField()


class ShownOutput(serializers.Serializer[Any]):
    """Links valid for five minutes; null where there is nothing."""

    clip = serializers.URLField(allow_null=True)
    poster = serializers.URLField(allow_null=True)


class GenerationOutput(serializers.ModelSerializer[Generation]):
    adapter = serializers.UUIDField(source="adapter_id", allow_null=True)
    reference_image = serializers.UUIDField(source="reference_image_id", allow_null=True)
    created_by = serializers.UUIDField(source="created_by_id")
    request = serializers.DictField()
    result = serializers.DictField()
    failure = serializers.DictField()
    price_wei = WeiSerializerField()
    stages = StageOutput(many=True)
    bill = serializers.SerializerMethodField(help_text="Lines that sum to price_wei.")
    links = serializers.SerializerMethodField()

    class Meta:
        model = Generation
        fields = [
            "id", "status", "request", "model", "adapter", "reference_image", "stop_requested", "failure", "stages",
            "result", "sha256", "device_seconds", "price_wei", "bill", "links", "created_by", "created_at",
            "started_at", "finished_at",
        ]  # fmt: skip

    @extend_schema_field(BillLineOutput(many=True))
    def get_bill(self, generation: Generation) -> Any:
        return BillLineOutput(bill_of(generation), many=True).data

    @extend_schema_field(ShownOutput)
    def get_links(self, generation: Generation) -> Any:
        return ShownOutput(links_of(generation)).data


class EstimateOutput(serializers.Serializer[Any]):
    """Device seconds and price, low to high; null where nothing was measured yet."""

    measured = serializers.IntegerField(help_text="Of how many clips.")
    basis = serializers.ChoiceField(choices=["same", "scaled", "none"])
    seconds_low = serializers.FloatField(allow_null=True)
    seconds = serializers.FloatField(allow_null=True)
    seconds_high = serializers.FloatField(allow_null=True)
    price_low_wei = WeiSerializerField(allow_null=True)
    price_wei = WeiSerializerField(allow_null=True)
    price_high_wei = WeiSerializerField(allow_null=True)


class LinkOutput(serializers.Serializer[Any]):
    url = serializers.URLField(help_text="Valid for five minutes.")


class ComparisonInput(serializers.Serializer[Comparison]):
    first = serializers.UUIDField()
    second = serializers.UUIDField()


class ComparisonOutput(serializers.ModelSerializer[Comparison]):
    first = serializers.UUIDField(source="first_id")
    second = serializers.UUIDField(source="second_id")

    class Meta:
        model = Comparison
        fields = ["id", "first", "second", "created_at"]


class NextPairInput(serializers.Serializer[Any]):
    passed_over = serializers.ListField(
        child=serializers.UUIDField(), default=list, max_length=200, help_text="Comparisons not to be given now."
    )


class PairOutput(serializers.Serializer[Any]):
    comparison = serializers.UUIDField()
    prompt = serializers.CharField()
    left = serializers.URLField()
    right = serializers.URLField()


class VoteInput(serializers.Serializer[Any]):
    choice = serializers.ChoiceField(choices=Choice.choices)


class VoteOutput(serializers.Serializer[Any]):
    comparison = serializers.UUIDField(source="comparison_id")
    choice = serializers.ChoiceField(choices=Choice.choices)
    cast_at = serializers.DateTimeField()


class ResultOutput(serializers.Serializer[Any]):
    n = serializers.IntegerField()
    first_wins = serializers.IntegerField()
    second_wins = serializers.IntegerField()
    ties = serializers.IntegerField()
    win_rate = serializers.FloatField(allow_null=True, help_text="Of the first output; ties count as half.")
    low = serializers.FloatField(allow_null=True, help_text="95 % Wilson interval.")
    high = serializers.FloatField(allow_null=True)


class JudgedOutput(serializers.ModelSerializer[Comparison]):
    """A pair with its tally; the tally is null while the asking person has it open to judge."""

    first = serializers.UUIDField(source="first_id")
    second = serializers.UUIDField(source="second_id")
    prompt = serializers.CharField(source="first.request.caption", allow_null=True)
    tally = serializers.SerializerMethodField()

    class Meta:
        model = Comparison
        fields = ["id", "first", "second", "prompt", "tally", "created_at"]

    @extend_schema_field(ResultOutput(allow_null=True))
    def get_tally(self, row: Any) -> Any:
        if row.is_open:
            return None
        return ResultOutput(votes.tallied(row.first_wins, row.second_wins, row.ties)).data


class SceneScoreOutput(serializers.Serializer[Any]):
    scene_type = serializers.CharField(help_text="name=value, as accepted data is searched by.")
    n = serializers.IntegerField()
    win_rate = serializers.FloatField()
    low = serializers.FloatField(help_text="95 % Wilson interval.")
    high = serializers.FloatField()
    weak = serializers.BooleanField(help_text="Lost so often that chance does not explain it.")
    campaign = serializers.SerializerMethodField(help_text="What to send to POST /campaigns for more such scenes.")

    def get_campaign(self, scene: SceneScore) -> "dict[str, Any] | None":
        return campaign_for(scene.scene_type, win_rate=scene.win_rate, n=scene.n) if scene.weak else None


class ArenaStandingOutput(serializers.Serializer[Any]):
    """One model, with its adapter where it has one, among those that it was judged with."""

    model = serializers.CharField(source="contestant.model")
    adapter = serializers.UUIDField(source="contestant.adapter_id", allow_null=True)
    n = serializers.IntegerField(source="strength.n", help_text="Votes.")
    win_rate = serializers.FloatField(source="strength.win_rate", help_text="Ties count as half.")
    low = serializers.FloatField(source="strength.low", help_text="95 % Wilson interval.")
    high = serializers.FloatField(source="strength.high")
    rating = serializers.FloatField(source="strength.rating", help_text="Bradley-Terry on Elo's scale.")
    rating_low = serializers.FloatField(source="strength.rating_low", help_text="95 % of resamples of the voters.")
    rating_high = serializers.FloatField(source="strength.rating_high")
    scenes = SceneScoreOutput(many=True, help_text="The weakest first.")
