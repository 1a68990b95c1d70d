using TaskGrain.Models.Networks;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Models.Weights;

/// <summary>
/// The weights of a residual network in an ONNX file whose tensors have names of their own (as CNTK writes them, or an
/// exporter that has folded the batch norms): the graph is followed from its input, and each convolution and batch
/// norm takes the name of the layer that stands at its place.
/// </summary>
internal sealed class OnnxNetworkWeights
{
    private readonly ILookup<string, OnnxNode> _readers;
    private readonly IReadOnlyDictionary<string, Tensor> _stored;
    private readonly Dictionary<string, Tensor> _named = new(StringComparer.Ordinal);

    private OnnxNetworkWeights(OnnxGraph graph, IReadOnlyDictionary<string, Tensor> stored)
    {
        _stored = stored;
        _readers = graph
            .Nodes.SelectMany(node => node.Inputs.Take(1).Select(input => (input, node)))
            .ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
        Add = graph
            .Nodes.Where(node => node.Operation is "Add" or "Sum")
            .SelectMany(node => node.Inputs.Select(input => (input, node)))
            .ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
    }

    private ILookup<string, OnnxNode> Add { get; }

    /// <summary>Names the weights by the graph.</summary>
    /// <param name="set">An ONNX file.</param>
    /// <param name="architecture">The network.</param>
    /// <returns>Its weights; new tensors live in the present dispose scope.</returns>
    /// <exception cref="TaskGrainException">
    /// The graph is not that of the network; the message says where it differs.
    /// </exception>
    public static Dictionary<string, Tensor> Read(WeightSet set, NetworkArchitecture architecture)
    {
        if (architecture.Family != NetworkFamily.ResNet)
        {
            throw new TaskGrainException(
                $"{set.Path}: the tensors of this ONNX file have names of their own; by their places only residual "
                    + $"networks on images are recognised, not {architecture}."
            );
        }

        OnnxGraph graph = set.Graph!;
        var walk = new OnnxNetworkWeights(graph, set.Tensors);
        try
        {
            walk.Network(graph, architecture);
        }
        catch (InvalidDataException fault)
        {
            throw new TaskGrainException($"{set.Path} is not the graph of {architecture}: {fault.Message}.", fault);
        }

        return walk._named;
    }

    private void Network(OnnxGraph graph, NetworkArchitecture architecture)
    {
        OnnxNode first =
            graph.Nodes.FirstOrDefault(node => node.Operation == "Conv")
            ?? throw new InvalidDataException("it has no convolution");
        string at = Layer(first, "conv1", "bn1", stride: 2, padding: 3);
        at = Follow(Follow(at, "Relu"), "MaxPool");
        for (int stage = 0; stage < architecture.Blocks.Count; stage++)
        {
            for (int i = 0; i < architecture.Blocks[stage]; i++)
            {
                at = Block(at, $"layer{stage + 1}.{i}", architecture, stage > 0 && i == 0 ? 2 : 1);
            }
        }

        if (_readers[at].Any(node => node.Operation == "Conv"))
        {
            throw new InvalidDataException("more convolutions follow its last block");
        }

        Classifier(at, architecture);
    }

    /// <summary>A block's main way is the one of its convolutions that leads to another.</summary>
    private string Block(string input, string name, NetworkArchitecture architecture, int stride)
    {
        OnnxNode[] starts = [.. _readers[input].Where(node => node.Operation == "Conv")];
        int layers = architecture.Bottleneck ? 3 : 2;
        OnnxNode main =
            starts.FirstOrDefault(start => !LeadsToSum(start))
            ?? throw new InvalidDataException($"{name} does not begin with a convolution");
        string at = "";
        for (int i = 0; i < layers; i++)
        {
            OnnxNode convolution = i == 0 ? main : Reader(at, "Conv");
            bool strides = i == (architecture.Bottleneck ? 1 : 0);
            int padding = architecture.Bottleneck && i != 1 ? 0 : 1;
            at = Layer(convolution, $"{name}.conv{i + 1}", $"{name}.bn{i + 1}", strides ? stride : 1, padding);
            at = i < layers - 1 ? Follow(at, "Relu") : at;
        }

        OnnxNode sum = Add[at].FirstOrDefault() ?? throw new InvalidDataException($"{name} does not end with a sum");
        string other = sum.Inputs.FirstOrDefault(one => one != at) ?? "";
        if (starts.FirstOrDefault(start => start != main) is { } shortcut)
        {
            string way = Layer(shortcut, $"{name}.downsample.0", $"{name}.downsample.1", stride, 0);
            if (way != other)
            {
                throw new InvalidDataException($"{name}'s shortcut is not what its end adds");
            }
        }
        else if (other != input)
        {
            throw new InvalidDataException($"{name} does not add its input");
        }

        return Follow(sum.Outputs[0], "Relu");
    }

    private bool LeadsToSum(OnnxNode convolution)
    {
        string at = convolution.Outputs[0];
        OnnxNode? norm = _readers[at].FirstOrDefault(node => node.Operation == "BatchNormalization");
        return Add[norm?.Outputs[0] ?? at].Any();
    }

    /// <summary>
    /// Takes a convolution's weights and those of the batch norm behind it; returns the latter's output.
    /// </summary>
    private string Layer(OnnxNode convolution, string name, string norm, int stride, int padding)
    {
        CheckPlace(convolution, name, stride, padding);
        Take($"{name}.weight", convolution, 1);
        string at = convolution.Outputs[0];
        if (_readers[at].FirstOrDefault(node => node.Operation == "BatchNormalization") is { } found)
        {
            string[] parts = ["weight", "bias", "running_mean", "running_var"];
            for (int i = 0; i < parts.Length; i++)
            {
                Take($"{norm}.{parts[i]}", found, i + 1);
            }

            return found.Outputs[0];
        }

        // Folded by the exporter: a norm that changes nothing and adds the bias.
        Take($"{norm}.bias", convolution, 2);
        Tensor bias = _named[$"{norm}.bias"];
        _named[$"{norm}.weight"] = ones_like(bias);
        _named[$"{norm}.running_mean"] = zeros_like(bias);
        _named[$"{norm}.running_var"] = ones_like(bias).Plus(-BatchNormalisation.Epsilon);
        return at;
    }

    private static void CheckPlace(OnnxNode convolution, string name, int stride, int padding)
    {
        if (convolution.Lists.TryGetValue("strides", out IReadOnlyList<long>? strides) && strides.Count > 0)
        {
            Require(strides.All(step => step == stride), $"{name} has strides {string.Join("×", strides)}");
        }

        // With an even map and a step of 2 the last row of zeros is never read, and some exporters leave it out.
        if (convolution.Lists.TryGetValue("pads", out IReadOnlyList<long>? pads) && pads.Count == 4)
        {
            Require(
                pads.Take(2).All(pad => pad == padding)
                    && pads.Skip(2).All(pad => pad == padding || (stride == 2 && pad == padding - 1)),
                $"{name} has padding {string.Join(", ", pads)}"
            );
        }
    }

    private void Take(string name, OnnxNode node, int input) =>
        _named[name] =
            node.Inputs.Count > input && _stored.TryGetValue(node.Inputs[input], out Tensor? tensor)
                ? tensor
                : throw new InvalidDataException($"{name} is not stored in it");

    private void Classifier(string at, NetworkArchitecture architecture)
    {
        for (int steps = 0; steps < 6 && _readers[at].FirstOrDefault() is { } node; steps++)
        {
            if (node.Operation == "Gemm" && node.Inputs.Count == 3)
            {
                Take($"{architecture.Classifier}.weight", node, 1);
                Take($"{architecture.Classifier}.bias", node, 2);
                return;
            }

            at = node.Outputs[0];
        }
    }

    private OnnxNode Reader(string at, string operation) =>
        _readers[at].FirstOrDefault(node => node.Operation == operation)
        ?? throw new InvalidDataException($"no {operation} follows '{at}'");

    private string Follow(string at, string operation) => Reader(at, operation).Outputs[0];

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
