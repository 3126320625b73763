"""The benchmark models in PyTorch, with the state-dict keys of bench/models; weights come from the safetensors files that the benchmark writes."""
import math
import torch
import torch.nn as nn
import torch.nn.functional as F


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.fc2, self.fc3 = nn.Linear(16, 64), nn.Linear(64, 64), nn.Linear(64, 3)

    def forward(self, x):
        return F.softmax(self.fc3(F.relu(self.fc2(F.relu(self.fc1(x))))), dim=-1)


class Digits(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(1, 16, 3, padding=1), nn.BatchNorm2d(16)
        self.conv2, self.bn2 = nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32)
        self.fc1, self.fc2 = nn.Linear(32 * 7 * 7, 64), nn.Linear(64, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return F.log_softmax(self.fc2(F.relu(self.fc1(x.flatten(1)))), dim=1)


class Matmul(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.empty(512, 512))

    def forward(self, x):
        return x @ self.w


class Pointwise(nn.Module):
    def forward(self, x, y):
        z = x * 2 + y
        z = F.gelu(z) * torch.sigmoid(x) - torch.tanh(y)
        z = torch.clamp(z, -1.0, 1.0) / (1 + torch.exp(-z.abs()))
        return torch.where(z > 0, z.sqrt(), z.square())


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn, self.fc = nn.LSTM(80, 256, 2, batch_first=True), nn.Linear(256, 12)

    def forward(self, x):
        y, _ = self.rnn(x)
        return self.fc(y[:, -1])


def block(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(), nn.Conv2d(o, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU())


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        c = (16, 32, 64, 128)
        self.d = nn.ModuleList(block(i, o) for i, o in zip((3,) + c[:-1], c))
        self.u = nn.ModuleList(nn.ConvTranspose2d(c[i], c[i - 1], 2, 2) for i in (3, 2, 1))
        self.m = nn.ModuleList(block(2 * c[i - 1], c[i - 1]) for i in (3, 2, 1))
        self.out = nn.Conv2d(c[0], 1, 1)

    def forward(self, x):
        skips = []
        for i, d in enumerate(self.d):
            x = d(x)
            if i < 3:
                skips.append(x)
                x = F.max_pool2d(x, 2)
        for u, m in zip(self.u, self.m):
            x = m(torch.cat([u(x), skips.pop()], 1))
        return torch.sigmoid(self.out(x))


def unit(i, o, kernel, stride, groups):
    return nn.Sequential(nn.Conv2d(i, o, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(o), nn.ReLU6())


class InvertedResidual(nn.Module):
    def __init__(self, inp, oup, stride, expand):
        super().__init__()
        hidden = inp * expand
        layers = [] if expand == 1 else [unit(inp, hidden, 1, 1, 1)]
        layers += [unit(hidden, hidden, 3, stride, hidden), nn.Conv2d(hidden, oup, 1, bias=False), nn.BatchNorm2d(oup)]
        self.conv, self.residual = nn.Sequential(*layers), stride == 1 and inp == oup

    def forward(self, x):
        if self.residual:
            return x + self.conv(x)
        return self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self):
        super().__init__()
        layers, channels = [unit(3, 32, 3, 2, 1)], 32
        for t, c, n, s in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
            for i in range(n):
                layers.append(InvertedResidual(channels, c, s if i == 0 else 1, t))
                channels = c
        self.features = nn.Sequential(*layers, unit(channels, 1280, 1, 1, 1))
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(1280, 1000))

    def forward(self, x):
        return self.classifier(F.adaptive_avg_pool2d(self.features(x), (1, 1)).flatten(1))


class BasicBlock(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o)
        self.conv2, self.bn2 = nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o)
        self.downsample = nn.Identity() if stride == 1 else nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o))

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + self.downsample(x))


class ResNet18(nn.Module):
    def __init__(self):
        super().__init__()
        layer = lambda i, o, stride: nn.Sequential(BasicBlock(i, o, stride), BasicBlock(o, o, 1))
        self.conv1, self.bn1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64)
        self.layer1, self.layer2 = layer(64, 64, 1), layer(64, 128, 2)
        self.layer3, self.layer4 = layer(128, 256, 2), layer(256, 512, 2)
        self.fc = nn.Linear(512, 1000)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))


class EncoderLayer(nn.Module):
    def __init__(self, d, heads, ff):
        super().__init__()
        self.heads, self.size = heads, d // heads
        self.q, self.k, self.v, self.o = (nn.Linear(d, d) for _ in range(4))
        self.ln1, self.ln2 = nn.LayerNorm(d, eps=1e-12), nn.LayerNorm(d, eps=1e-12)
        self.up, self.down = nn.Linear(d, ff), nn.Linear(ff, d)

    def split(self, x):
        return x.view(x.size(0), x.size(1), self.heads, self.size).transpose(1, 2)

    def forward(self, x):
        q, k, v = self.split(self.q(x)), self.split(self.k(x)), self.split(self.v(x))
        a = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(self.size), -1) @ v
        x = self.ln1(x + self.o(a.transpose(1, 2).reshape(x.size(0), x.size(1), -1)))
        return self.ln2(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.word, self.pos, self.ln = nn.Embedding(30522, 384), nn.Embedding(512, 384), nn.LayerNorm(384, eps=1e-12)
        self.layers = nn.ModuleList(EncoderLayer(384, 12, 1536) for _ in range(6))

    def forward(self, ids):
        x = self.ln(self.word(ids) + self.pos.weight[: ids.size(1)])
        for layer in self.layers:
            x = layer(x)
        return F.normalize(x.mean(1), dim=-1)


class Decoder(nn.Module):
    def __init__(self, d=768, heads=12):
        super().__init__()
        self.heads, self.size = heads, d // heads
        each = lambda make: nn.ModuleList(make() for _ in range(6))
        self.tok = nn.Embedding(50257, d)
        self.ln1, self.qkv, self.proj = each(lambda: nn.LayerNorm(d)), each(lambda: nn.Linear(d, 3 * d)), each(lambda: nn.Linear(d, d))
        self.ln2, self.up, self.down = each(lambda: nn.LayerNorm(d)), each(lambda: nn.Linear(d, 4 * d)), each(lambda: nn.Linear(4 * d, d))
        self.lnf, self.head = nn.LayerNorm(d), nn.Linear(d, 50257, bias=False)

    def forward(self, ids, kv):
        x, new = self.tok(ids), []
        for i, (ln1, qkv, proj, ln2, up, down) in enumerate(zip(self.ln1, self.qkv, self.proj, self.ln2, self.up, self.down)):
            q, k, v = qkv(ln1(x)).view(1, 1, 3, self.heads, self.size).permute(2, 0, 3, 1, 4).unbind(0)
            k, v = torch.cat([kv[i, 0].unsqueeze(0), k], 2), torch.cat([kv[i, 1].unsqueeze(0), v], 2)
            new.append(torch.stack([k[0], v[0]]))
            a = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(self.size), -1) @ v
            x = x + proj(a.transpose(1, 2).reshape(1, 1, -1))
            x = x + down(F.gelu(up(ln2(x)), approximate="tanh"))
        return self.head(self.lnf(x)), torch.stack(new)


MODELS = {
    "mlp": Mlp, "digits": Digits, "matmul512": Matmul, "pointwise1m": Pointwise, "lstm": Lstm, "unet128": UNet,
    "mobilenet_v2": MobileNetV2, "resnet18": ResNet18, "minilm128": Encoder, "gptstep": Decoder,
}
