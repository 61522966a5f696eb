"""Where models run."""


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
