"""TorchScript's `optimize_for_inference` as a contestant: `torchscript.py MODEL WEIGHTS INPUTS EXPECTED`, one thread; the protocol is that of contestant.ts."""
import json
import sys
import time
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from models import MODELS

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
name, weights, inputs_file, expected_file = sys.argv[1:]
module = MODELS[name]().eval()
if weights != "-":
    module.load_state_dict(load_file(weights), strict=False)
named = load_file(inputs_file)
inputs = [named[key].long() if named[key].dtype == torch.int32 else named[key] for key in sorted(named)]
with torch.no_grad():
    scripted = torch.jit.trace(module, inputs) if name == "gptstep" else torch.jit.script(module)
    model = torch.jit.optimize_for_inference(torch.jit.freeze(scripted))
    for _ in range(3):
        result = model(*inputs)
    first = result[0] if isinstance(result, tuple) else result
    with safe_open(expected_file, "pt") as f:
        stride = int((f.metadata() or {}).get(f"{name}/y0/stride", 1))
        expected = f.get_tensor(f"{name}/y0").flatten()
    difference = ((first.flatten()[::stride] - expected).abs().max() / expected.abs().max()).item()
    print(json.dumps({"difference": difference}), flush=True)
    for line in sys.stdin:
        budget, calls, start = float(line) / 1000, 0, time.perf_counter()
        while True:
            model(*inputs)
            calls += 1
            if time.perf_counter() - start >= budget:
                break
        print((time.perf_counter() - start) * 1000 / calls, flush=True)
