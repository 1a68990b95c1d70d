using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TaskGrain.Models.Weights;

/// <summary>The stored tensors (initialisers) of an ONNX file.</summary>
internal static class OnnxInitialisers
{
    private const int MostDimensions = 25;

    /// <exception cref="InvalidDataException">
    /// The file is damaged, no ONNX file, or keeps its tensors elsewhere.
    /// </exception>
    public static WeightSet Read(string path, FileBytes file)
    {
        if (file.Length > Array.MaxLength)
        {
            throw new InvalidDataException($"it has {file.Length} bytes; ONNX files of at most 2 GiB are read");
        }

        OnnxGraph graph = OnnxGraph.Read(file.Upto(0, (int)file.Length));
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        var set = new WeightSet(path, "ONNX", tensors) { Graph = graph };
        try
        {
            foreach (OnnxInitialiser initialiser in graph.Initialisers)
            {
                Tensor tensor = Make(initialiser.Name, graph.Message(initialiser));
                if (!tensors.TryAdd(initialiser.Name, tensor))
                {
                    tensor.Dispose();
                    throw new InvalidDataException($"two of its tensors are called '{initialiser.Name}'");
                }
            }
        }
        catch
        {
            set.Dispose();
            throw;
        }

        return tensors.Count > 0 ? set : throw new InvalidDataException("it stores no tensor");
    }

    private static Tensor Make(string name, ReadOnlySpan<byte> message)
    {
        List<long> shape = [];
        List<long> whole = [];
        List<byte> floats = [];
        ReadOnlySpan<byte> raw = [];
        int type = 0;
        var tensor = new ProtobufReader(message);
        while (tensor.Next())
        {
            switch (tensor.Field)
            {
                case 1:
                    tensor.AddTo(shape);
                    break;
                case 2:
                    type = (int)tensor.Number;
                    break;
                case 4 or 10:
                    // float_data and double_data: packed into one field, or one field a number.
                    floats.AddRange(tensor.Bytes);
                    break;
                case 5 or 7 or 11:
                    tensor.AddTo(whole);
                    break;
                case 9:
                    raw = tensor.Bytes;
                    break;
                case 14 when tensor.Number == 1:
                    throw new InvalidDataException(
                        $"'{name}' lies in a file beside it, which cannot be read here; save it as one file"
                    );
            }
        }

        ScalarType scalar = Scalar(name, type);
        long elements = Elements(name, shape);
        ReadOnlySpan<byte> data =
            !raw.IsEmpty ? raw
            : whole.Count > 0 ? Narrow(whole, scalar)
            : CollectionsMarshal.AsSpan(floats);
        if ((Int128)elements * TorchTensors.Bytes(scalar) != data.Length)
        {
            throw new InvalidDataException(
                $"'{name}' of shape ({string.Join(", ", shape)}) has {data.Length} bytes where "
                    + $"{(Int128)elements * TorchTensors.Bytes(scalar)} are due"
            );
        }

        Tensor made = empty([.. shape], scalar).DetachFromDisposeScope();
        data.CopyTo(made.bytes);
        return made;
    }

    private static ScalarType Scalar(string name, int type) =>
        type switch
        {
            1 => ScalarType.Float32,
            2 => ScalarType.Byte,
            3 => ScalarType.Int8,
            5 => ScalarType.Int16,
            6 => ScalarType.Int32,
            7 => ScalarType.Int64,
            9 => ScalarType.Bool,
            10 => ScalarType.Float16,
            11 => ScalarType.Float64,
            16 => ScalarType.BFloat16,
            _ => throw new InvalidDataException($"'{name}' has number format {type}, which cannot be read here"),
        };

    private static long Elements(string name, List<long> shape)
    {
        if (shape.Count > MostDimensions || shape.Any(size => size is < 0 or > int.MaxValue))
        {
            throw new InvalidDataException($"'{name}' has an impossible shape");
        }

        Int128 elements = 1;
        foreach (long size in shape)
        {
            elements *= size;
            if (elements > int.MaxValue)
            {
                throw new InvalidDataException($"'{name}' has more than {int.MaxValue} numbers");
            }
        }

        return (long)elements;
    }

    /// <summary>Numbers that came as varints, in the bytes of their format.</summary>
    private static byte[] Narrow(List<long> numbers, ScalarType scalar)
    {
        int size = (int)TorchTensors.Bytes(scalar);
        byte[] bytes = new byte[numbers.Count * size];
        for (int i = 0; i < numbers.Count; i++)
        {
            for (int b = 0; b < size; b++)
            {
                bytes[(i * size) + b] = (byte)(numbers[i] >> (8 * b));
            }
        }

        return bytes;
    }
}
