"""Where models run."""


class DeviceMissing(RuntimeError):
    """The configured device is not one that the installed libraries can use."""


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


def onnx_providers(configured: str) -> list[str | tuple[str, dict[str, str]]]:
    """What ONNX Runtime runs on, by preference; `auto` takes CUDA where the installed runtime has it.

    Raises:
        DeviceMissing: CUDA is asked for by name, and the installed runtime has none.
    """
    import onnxruntime

    has_cuda = "CUDAExecutionProvider" in onnxruntime.get_available_providers()
    kind, _, index = configured.partition(":")
    if kind == "cuda" and not has_cuda:
        raise DeviceMissing(f"DEVICE={configured}, but ONNX Runtime has no CUDA. Install onnxruntime-gpu in its place.")
    if kind == "cpu" or not has_cuda:
        return ["CPUExecutionProvider"]
    # TF32 would round away more than the 1e-3 by which CPU and GPU may differ.
    return [("CUDAExecutionProvider", {"device_id": index or "0", "use_tf32": "0"}), "CPUExecutionProvider"]
