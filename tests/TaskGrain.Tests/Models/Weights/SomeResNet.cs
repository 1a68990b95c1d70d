using TaskGrain.Models.Networks;
using static TorchSharp.torch;

namespace TaskGrain.Tests.Models.Weights;

/// <summary>The graph of a residual network of basic blocks, its tensors called t0, t1, …</summary>
internal static class SomeResNet
{
    public static IEnumerable<byte[]> Parts(
        NetworkArchitecture architecture,
        IReadOnlyDictionary<string, Tensor> weights,
        bool folded
    )
    {
        var parts = new List<byte[]>();
        int count = 0;
        string Store(string weight)
        {
            string name = $"t{count++}";
            Tensor tensor = weights[weight];
            parts.Add(OnnxBytes.Stored(name, tensor.shape, tensor.contiguous().data<float>().ToArray()));
            return name;
        }

        string Add(string operation, string[] inputs, params byte[][] attributes)
        {
            string output = $"t{count++}";
            parts.Add(OnnxBytes.Node(operation, inputs, output, attributes));
            return output;
        }

        string Layer(string input, string conv, string norm, int stride, int padding)
        {
            string weight = Store($"{conv}.weight");
            byte[][] attributes =
            [
                OnnxBytes.List("strides", stride, stride),
                OnnxBytes.List("pads", padding, padding, padding, padding),
            ];
            return folded
                ? Add("Conv", [input, weight, Store($"{norm}.bias")], attributes)
                : Add(
                    "BatchNormalization",
                    [
                        Add("Conv", [input, weight], attributes),
                        Store($"{norm}.weight"),
                        Store($"{norm}.bias"),
                        Store($"{norm}.running_mean"),
                        Store($"{norm}.running_var"),
                    ]
                );
        }

        string at = Add("MaxPool", [Add("Relu", [Layer("frames", "conv1", "bn1", 2, 3)])]);
        for (int stage = 1; stage <= 4; stage++)
        {
            for (int i = 0; i < architecture.Blocks[stage - 1]; i++)
            {
                string name = $"layer{stage}.{i}";
                int stride = stage > 1 && i == 0 ? 2 : 1;

                // The shortcut's convolution first, as exporters may have it.
                string shortcut = stride == 2 ? Layer(at, $"{name}.downsample.0", $"{name}.downsample.1", 2, 0) : at;
                string way = Add("Relu", [Layer(at, $"{name}.conv1", $"{name}.bn1", stride, 1)]);
                way = Layer(way, $"{name}.conv2", $"{name}.bn2", 1, 1);
                at = Add("Relu", [Add("Add", [way, shortcut])]);
            }
        }

        at = Add("Flatten", [Add("GlobalAveragePool", [at])]);
        if (weights.ContainsKey("fc.weight"))
        {
            Add("Gemm", [at, Store("fc.weight"), Store("fc.bias")]);
        }

        return parts;
    }
}
