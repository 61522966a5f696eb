"""A CLAP small enough for tests: random weights, a tokenizer of bytes, the real size of sound and spectra."""

from pathlib import Path

TEXT = {
    "vocab_size": 300, "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16,
    "max_position_embeddings": 66, "projection_dim": 12,
}  # fmt: skip
AUDIO = {
    "hidden_size": 64, "patch_embeds_hidden_size": 8, "depths": [1, 1, 1, 1], "num_attention_heads": [1, 1, 2, 2],
    "projection_dim": 12,
}  # fmt: skip


def save_tiny_clap(folder: Path, *, fused: bool = False) -> Path:
    """Write the model into the folder as `save_pretrained` does, the same weights always."""
    import torch
    from transformers import ClapConfig, ClapFeatureExtractor, ClapModel, ClapProcessor

    torch.manual_seed(0)
    audio = {**AUDIO, "enable_fusion": True} if fused else AUDIO
    config = ClapConfig(text_config=TEXT, audio_config=audio, projection_dim=12)
    ClapModel(config).eval().save_pretrained(folder)
    extractor = ClapFeatureExtractor(truncation="fusion" if fused else "rand_trunc")
    ClapProcessor(extractor, _tokenizer()).save_pretrained(folder)
    return folder


def _tokenizer() -> object:
    from tokenizers.pre_tokenizers import ByteLevel
    from transformers import RobertaTokenizer

    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    vocabulary = {token: place for place, token in enumerate([*special, *sorted(ByteLevel.alphabet())])}
    return RobertaTokenizer(vocab=vocabulary, merges=[])
