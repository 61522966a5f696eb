"""The packed sequence against attention written out modality by modality, and the formulas of flow matching."""

import math

import torch

from videomodel.flow import draw_levels, masked_velocity_loss, mix, velocity_target
from videomodel.slate.attention import PackedAttention, rotary_angles, rotate


def test_packed_attention_equals_attention_written_out_by_modality() -> None:
    torch.manual_seed(0)
    attention, lengths = PackedAttention(24, 2), [3, 7, 5]
    parts = [torch.randn(2, length, 24) for length in lengths]
    cosines, sines = rotary_angles(torch.randn(sum(lengths), 3), 12)
    packed = attention(torch.cat(parts, dim=1), cosines, sines).split(lengths, dim=1)

    def heads(layer: torch.nn.Linear, part: torch.Tensor) -> torch.Tensor:
        return layer(part).view(2, -1, 2, 12).transpose(1, 2)

    turns = list(zip(cosines.split(lengths), sines.split(lengths), strict=True))
    keys = [rotate(attention.norm_k(heads(attention.to_k, p)), *turn) for p, turn in zip(parts, turns, strict=True)]
    values = [heads(attention.to_v, part) for part in parts]
    for number, part in enumerate(parts):
        query = rotate(attention.norm_q(heads(attention.to_q, part)), *turns[number])
        scores = torch.cat([query @ key.transpose(-1, -2) for key in keys], dim=-1) / math.sqrt(12)
        weights = scores.softmax(dim=-1).split(lengths, dim=-1)
        mixed = sum(weight @ value for weight, value in zip(weights, values, strict=True))
        written_out = attention.to_out[0](mixed.transpose(1, 2).reshape(2, lengths[number], 24))
        assert torch.allclose(packed[number], written_out, atol=1e-5)


def test_rotation_makes_scores_depend_on_the_difference_of_places_alone() -> None:
    torch.manual_seed(1)
    query, key = torch.randn(1, 1, 1, 18), torch.randn(1, 1, 1, 18)
    here, there = torch.tensor([[0.4, 0.1, -0.3]]), torch.tensor([[1.1, -0.6, 0.2]])
    move = torch.tensor([[2.0, 0.3, 0.5]])

    def score(at: torch.Tensor, to: torch.Tensor) -> float:
        return float((rotate(query, *rotary_angles(at, 18)) * rotate(key, *rotary_angles(to, 18))).sum())

    assert abs(score(here, there) - score(here + move, there + move)) < 1e-4
    assert abs(score(here, there) - score(here + move, there)) > 1e-2


def test_following_the_true_velocity_from_noise_arrives_at_the_clean_latent() -> None:
    clean, noise = torch.randn(2, 3, 4), torch.randn(2, 3, 4)
    levels = torch.tensor([0.3, 0.8])
    noisy = mix(clean, noise, levels)
    arrived = noisy - levels.view(-1, 1, 1) * velocity_target(clean, noise)
    assert torch.allclose(arrived, clean, atol=1e-6)
    assert torch.equal(mix(clean, noise, torch.zeros(2)), clean)
    assert torch.allclose(mix(clean, noise, torch.ones(2)), noise)


def test_masked_loss_ignores_samples_without_the_modality() -> None:
    predicted, target = torch.zeros(3, 2, 2), torch.ones(3, 2, 2)
    target[1] = 1e6
    loss = masked_velocity_loss(predicted, target, torch.tensor([1.0, 0.0, 1.0]))
    assert float(loss) == 1.0
    assert float(masked_velocity_loss(predicted, target, torch.zeros(3))) == 0.0


def test_noise_levels_stay_inside_and_reach_both_ends() -> None:
    levels = draw_levels(20_000, shift=0.7, generator=torch.Generator().manual_seed(0))
    assert 0 <= float(levels.min()) < 0.01
    assert 0.99 < float(levels.max()) <= 1
    assert abs(float(levels.median()) - torch.sigmoid(torch.tensor(0.7))) < 0.03
