using System.Text;
using TaskGrain.Models.Weights.Pickle;
using static TorchSharp.torch;

namespace TaskGrain.Models.Weights;

/// <summary>
/// What a PyTorch checkpoint may name: tensors, their storages, number formats and devices, ordered dictionaries and
/// bytes. Everything else is refused by name; nothing is looked up in any library.
/// </summary>
internal sealed class TorchPickleRules : IPickleRules
{
    private const int MostDimensions = 25;

    private static readonly Dictionary<string, ScalarType> Storages = new(StringComparer.Ordinal)
    {
        ["DoubleStorage"] = ScalarType.Float64,
        ["FloatStorage"] = ScalarType.Float32,
        ["HalfStorage"] = ScalarType.Float16,
        ["BFloat16Storage"] = ScalarType.BFloat16,
        ["LongStorage"] = ScalarType.Int64,
        ["IntStorage"] = ScalarType.Int32,
        ["ShortStorage"] = ScalarType.Int16,
        ["CharStorage"] = ScalarType.Int8,
        ["ByteStorage"] = ScalarType.Byte,
        ["BoolStorage"] = ScalarType.Bool,
    };

    private static readonly HashSet<string> NumberFormats =
    [
        .. "float64 float32 float16 bfloat16 int64 int32 int16 int8 uint8 bool complex64 complex128".Split(' '),
    ];

    /// <summary>Every storage the pickle has named, the weights' and others', with its number format.</summary>
    public Dictionary<string, ScalarType> StorageTypes { get; } = new(StringComparer.Ordinal);

    private enum Callable
    {
        RebuildTensor,
        RebuildParameter,
        OrderedDictionary,
        Size,
        Device,
        Encode,
    }

    /// <inheritdoc/>
    public object Global(string module, string name) =>
        (module, name) switch
        {
            ("torch._utils", "_rebuild_tensor_v2" or "_rebuild_tensor") => Callable.RebuildTensor,
            ("torch._utils", "_rebuild_parameter") => Callable.RebuildParameter,
            ("collections", "OrderedDict") => Callable.OrderedDictionary,
            ("torch", "Size") => Callable.Size,
            ("torch", "device") => Callable.Device,
            ("_codecs", "encode") => Callable.Encode,
            ("torch", _) when Storages.TryGetValue(name, out ScalarType type) => type,
            ("torch", _) when NumberFormats.Contains(name) => new Inert(name),
            _ when module.StartsWith("__torch__", StringComparison.Ordinal) => throw new PickleException(
                "it is a TorchScript program; save its weights instead: torch.save(model.state_dict(), FILE)"
            ),
            _ => throw new PickleException(
                $"it names {Quote(module)}.{Quote(name)}, which is refused: only tensors and plain containers are "
                    + "read. Save the weights alone: torch.save(model.state_dict(), FILE)"
            ),
        };

    /// <inheritdoc/>
    public object? Call(object? callee, object?[] arguments, Action<long> charge) =>
        (callee, arguments) switch
        {
            (Callable.RebuildTensor, [TorchStorage storage, long offset, object?[] size, object?[] stride, ..]) =>
                new TorchView(storage, offset, Sizes(size), Sizes(stride)),
            (Callable.RebuildParameter, [TorchView view, ..]) => view,
            (Callable.OrderedDictionary, []) => new PickleDictionary(),
            (Callable.OrderedDictionary, [List<object?> pairs]) => Dictionary(pairs, charge),
            (Callable.Size, [object?[] size]) => size,
            (Callable.Device, _) => new Inert("device"),
            (Callable.Encode, [string text, ..]) => Bytes(text, charge),
            (Callable known, _) => throw new PickleException($"it calls {known} with arguments of another kind"),
            _ => throw new PickleException("it calls something that is no function, which is refused"),
        };

    /// <inheritdoc/>
    public void Build(object? target, object? state)
    {
        // A state dictionary carries its modules' versions as an attribute, which no tensor depends on.
        if (target is not PickleDictionary)
        {
            throw new PickleException("it sets the state of an object, which is refused");
        }
    }

    /// <inheritdoc/>
    public object Persistent(object? id)
    {
        if (
            id is not object?[] parts
            || parts is not ["storage", ScalarType type, string key, _, long elements, ..]
            || elements < 0
        )
        {
            throw new PickleException("it refers to an outside object that is no storage of tensors");
        }

        if (!StorageTypes.TryAdd(key, type) && StorageTypes[key] != type)
        {
            throw new PickleException($"storage '{Quote(key)}' is used with two number formats");
        }

        return parts is [_, _, _, _, _, object?[] view]
            ? view is [_, long offset, long count] && offset >= 0 && count >= 0 && offset <= elements - count
                ? new TorchStorage(key, type, count, offset)
                : throw new PickleException($"the view into storage '{Quote(key)}' does not lie within it")
            : new TorchStorage(key, type, elements);
    }

    private static long[] Sizes(object?[] values)
    {
        if (values.Length > MostDimensions)
        {
            throw new PickleException($"a tensor has {values.Length} dimensions; {MostDimensions} at most are read");
        }

        long[] sizes = new long[values.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = values[i] is long size and >= 0
                ? size
                : throw new PickleException("a tensor's size or stride is no number from 0 up");
        }

        return sizes;
    }

    private static PickleDictionary Dictionary(List<object?> pairs, Action<long> charge)
    {
        charge(pairs.Count);
        var dictionary = new PickleDictionary();
        foreach (object? pair in pairs)
        {
            (object? key, object? value) = pair switch
            {
                object?[] and [var k, var v] => (k, v),
                List<object?> and [var k, var v] => (k, v),
                _ => throw new PickleException("an ordered dictionary is made of something other than pairs"),
            };
            dictionary.Entries.Add(new KeyValuePair<object?, object?>(key, value));
        }

        return dictionary;
    }

    private static byte[] Bytes(string text, Action<long> charge)
    {
        charge(text.Length);
        return Encoding.Latin1.GetBytes(text);
    }

    private static string Quote(string name) =>
        name.Length <= 80 && name.All(c => c is >= ' ' and not '\x7f') ? name : $"(a name of {name.Length} characters)";

    /// <summary>A value that tensors do not depend on.</summary>
    private sealed record Inert(string Name);
}
