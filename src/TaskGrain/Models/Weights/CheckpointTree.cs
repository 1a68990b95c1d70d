using System.Globalization;
using TaskGrain.Models.Weights.Pickle;

namespace TaskGrain.Models.Weights;

/// <summary>
/// Finds the weights in what a checkpoint holds: often a dictionary of many things, one of them the weights.
/// </summary>
internal sealed class CheckpointTree
{
    /// <summary>Where programs keep the weights, the likeliest first.</summary>
    private static readonly string[] Usual =
    [
        "state_dict",
        "model_state_dict",
        "model_state",
        "model",
        "net",
        "network",
        "weights",
        "params",
    ];

    private const int Deepest = 16;
    private const int MostValues = 1_000_000;

    private readonly Dictionary<string, TorchView> _tensors = new(StringComparer.Ordinal);
    private readonly List<string> _passedOver = [];
    private int _values;

    private CheckpointTree() { }

    /// <summary>The tensors by name, and the names of what else there was.</summary>
    /// <exception cref="PickleException">
    /// There is no tensor, a name comes twice, or the file goes round in circles.
    /// </exception>
    public static (IReadOnlyDictionary<string, TorchView> Tensors, IReadOnlyList<string> PassedOver) Find(object? root)
    {
        var tree = new CheckpointTree();
        object? weights = root;
        if (
            root is PickleDictionary dictionary
            && dictionary.Texts() is { } entries
            && !entries.Values.Any(value => value is TorchView)
            && Array.Find(Usual, name => entries.GetValueOrDefault(name) is PickleDictionary) is { } found
        )
        {
            weights = entries[found];
            tree._passedOver.AddRange(entries.Keys.Where(name => name != found));
        }

        tree.Walk(weights, "", 0);
        return tree._tensors.Count > 0
            ? (tree._tensors, tree._passedOver)
            : throw new PickleException("it holds no tensor");
    }

    private void Walk(object? value, string name, int depth)
    {
        if (depth > Deepest)
        {
            throw new PickleException($"'{Short(name)}' is nested deeper than {Deepest} levels");
        }

        if (++_values > MostValues)
        {
            throw new PickleException($"it holds more than {MostValues:N0} values");
        }

        switch (value)
        {
            case TorchView view:
                Add(name.Length > 0 ? name : "tensor", view);
                break;
            case PickleDictionary dictionary:
                foreach ((object? key, object? inner) in dictionary.Entries)
                {
                    Walk(inner, Joined(name, Key(key)), depth + 1);
                }

                break;
            case List<object?> list:
                for (int i = 0; i < list.Count; i++)
                {
                    Walk(list[i], Joined(name, i.ToString(CultureInfo.InvariantCulture)), depth + 1);
                }

                break;
            default:
                _passedOver.Add(name);
                break;
        }
    }

    private void Add(string name, TorchView view)
    {
        if (!_tensors.TryAdd(name, view))
        {
            throw new PickleException($"two tensors are called '{Short(name)}'");
        }
    }

    private static string Key(object? key) =>
        key switch
        {
            string text => text,
            long number => number.ToString(CultureInfo.InvariantCulture),
            _ => throw new PickleException("a dictionary has a key that is neither text nor number"),
        };

    private static string Joined(string name, string key)
    {
        string joined = name.Length == 0 ? key : $"{name}.{key}";
        return joined.Length <= 1000
            ? joined
            : throw new PickleException("a tensor's name has more than 1,000 letters");
    }

    private static string Short(string name) => name.Length <= 80 ? name : $"{name[..80]}…";
}
