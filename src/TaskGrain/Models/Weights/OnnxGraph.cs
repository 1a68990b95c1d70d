namespace TaskGrain.Models.Weights;

/// <summary>A node of an ONNX graph.</summary>
/// <param name="Operation">Such as <c>Conv</c>.</param>
/// <param name="Inputs">Names of the tensors it reads; empty for one left out.</param>
/// <param name="Outputs">Names of the tensors it makes.</param>
internal sealed record OnnxNode(string Operation, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>Attributes that are lists of whole numbers, such as <c>pads</c>.</summary>
    public Dictionary<string, IReadOnlyList<long>> Lists { get; } = new(StringComparer.Ordinal);
}

/// <summary>A stored tensor of an ONNX graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Message">Where its message lies in the file.</param>
internal sealed record OnnxInitialiser(string Name, Range Message);

/// <summary>The parts of an ONNX file that say which weights belong where: nodes and stored tensors.</summary>
internal sealed class OnnxGraph
{
    private const int MostParts = 100_000;

    private readonly byte[] _file;
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxInitialiser> _initialisers = [];

    private OnnxGraph(byte[] file) => _file = file;

    /// <summary>The nodes in the file's order, which is one in which they can be computed.</summary>
    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    /// <summary>The stored tensors.</summary>
    public IReadOnlyList<OnnxInitialiser> Initialisers => _initialisers;

    /// <summary>Reads a file's graph.</summary>
    /// <exception cref="InvalidDataException">It is damaged or no ONNX file.</exception>
    public static OnnxGraph Read(byte[] file)
    {
        var read = new OnnxGraph(file);
        var model = new ProtobufReader(file);
        bool found = false;
        while (model.Next())
        {
            if (model.Field == 7 && !model.IsNumber)
            {
                found = true;
                read.ReadGraph(model.Bytes);
            }
        }

        return found ? read : throw new InvalidDataException("it has no graph: it is no ONNX file");
    }

    /// <summary>The message of a stored tensor.</summary>
    public ReadOnlySpan<byte> Message(OnnxInitialiser initialiser) => _file.AsSpan(initialiser.Message);

    private void ReadGraph(ReadOnlySpan<byte> message)
    {
        var graph = new ProtobufReader(message);
        while (graph.Next())
        {
            if (graph.Field == 1)
            {
                _nodes.Add(Node(graph.Bytes));
            }
            else if (graph.Field == 5)
            {
                _initialisers.Add(new OnnxInitialiser(NameOf(graph.Bytes), PlaceOf(graph.Bytes)));
            }

            if (_nodes.Count + _initialisers.Count > MostParts)
            {
                throw new InvalidDataException($"its graph has more than {MostParts:N0} nodes and tensors");
            }
        }
    }

    private Range PlaceOf(ReadOnlySpan<byte> part)
    {
        if (part.IsEmpty)
        {
            return default;
        }

        ((ReadOnlySpan<byte>)_file).Overlaps(part, out int offset);
        return offset..(offset + part.Length);
    }

    private static string NameOf(ReadOnlySpan<byte> message)
    {
        var tensor = new ProtobufReader(message);
        string name = "";
        while (tensor.Next())
        {
            name = tensor.Field == 8 ? tensor.Text : name;
        }

        return name;
    }

    private static OnnxNode Node(ReadOnlySpan<byte> message)
    {
        List<string> inputs = [];
        List<string> outputs = [];
        string operation = "";
        Dictionary<string, IReadOnlyList<long>> lists = [];
        var node = new ProtobufReader(message);
        while (node.Next())
        {
            switch (node.Field)
            {
                case 1:
                    inputs.Add(node.Text);
                    break;
                case 2:
                    outputs.Add(node.Text);
                    break;
                case 4:
                    operation = node.Text;
                    break;
                case 5:
                    (string name, List<long> numbers) = Attribute(node.Bytes);
                    lists[name] = numbers;
                    break;
            }
        }

        var made = new OnnxNode(operation, inputs, outputs);
        foreach ((string name, IReadOnlyList<long> numbers) in lists)
        {
            made.Lists[name] = numbers;
        }

        return made;
    }

    private static (string Name, List<long> Numbers) Attribute(ReadOnlySpan<byte> message)
    {
        string name = "";
        List<long> numbers = [];
        var attribute = new ProtobufReader(message);
        while (attribute.Next())
        {
            if (attribute.Field == 1)
            {
                name = attribute.Text;
            }
            else if (attribute.Field == 8)
            {
                attribute.AddTo(numbers);
            }
        }

        return (name, numbers);
    }
}
