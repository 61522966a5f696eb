"""Where models run."""

import logging
from functools import cache

logger = logging.getLogger(__name__)


def torch_device(configured: str) -> str:
    """`cpu`, `cuda` or `cuda:N`; `auto` takes the accelerator where there is one."""
    if configured != "auto":
        return configured
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def ctranslate2_device(configured: str) -> str:
    """`cpu` or `cuda`, as CTranslate2 names them."""
    if configured != "auto":
        return configured.partition(":")[0]
    import ctranslate2

    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


@cache
def onnx_providers(configured: str) -> tuple[str | tuple[str, dict[str, str]], ...]:
    """What ONNX Runtime runs on, by preference: CUDA unless `cpu` is configured or the installed runtime has none.

    The runtime in the usual wheel has none. Its networks are small and answer the same on the CPU, so that a machine
    whose other models run on CUDA need not go without them; that they do not is logged once.
    """
    import onnxruntime

    has_cuda = "CUDAExecutionProvider" in onnxruntime.get_available_providers()
    kind, _, index = configured.partition(":")
    if kind == "cuda" and not has_cuda:
        logger.warning("DEVICE=%s, but ONNX Runtime has no CUDA: install onnxruntime-gpu in its place.", configured)
    if kind == "cpu" or not has_cuda:
        return ("CPUExecutionProvider",)
    # TF32 would round away more than the 1e-3 by which CPU and GPU may differ.
    return ("CUDAExecutionProvider", {"device_id": index or "0", "use_tf32": "0"}), "CPUExecutionProvider"
