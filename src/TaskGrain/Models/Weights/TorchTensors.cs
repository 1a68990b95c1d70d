using TaskGrain.Models.Weights.Pickle;
using static TorchSharp.torch;

namespace TaskGrain.Models.Weights;

/// <summary>Makes tensors of the views of a PyTorch file, each storage read once.</summary>
internal static class TorchTensors
{
    /// <summary>
    /// A view may show a number many times over (a stride of 0). Real checkpoints hardly do; a hostile one would fill
    /// the memory with it.
    /// </summary>
    private const long MostExpansion = 8;

    private const long AlwaysAllowed = 1 << 20;

    /// <summary>Reads the tensors.</summary>
    /// <param name="views">The tensors' views by name.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    /// <param name="read">Fills a span with a storage's numbers, little-endian, from the storage's offset on.</param>
    /// <returns>Contiguous tensors by name, in the order of the views.</returns>
    /// <exception cref="PickleException">
    /// A view does not lie within its storage, or all are far larger than the file.
    /// </exception>
    public static IReadOnlyDictionary<string, Tensor> Make(
        IReadOnlyDictionary<string, TorchView> views,
        long fileLength,
        Action<TorchStorage, Tensor> read
    )
    {
        Int128 total = 0;
        foreach ((string name, TorchView view) in views)
        {
            total += Check(name, view, fileLength);
        }

        if (total > ((Int128)fileLength * MostExpansion) + AlwaysAllowed)
        {
            throw new PickleException(
                $"its tensors would take {total} bytes, more than {MostExpansion} times the file's {fileLength}"
            );
        }

        var made = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        try
        {
            foreach (
                IGrouping<TorchStorage, KeyValuePair<string, TorchView>> group in views.GroupBy(pair =>
                    pair.Value.Storage
                )
            )
            {
                using Tensor storage = empty([group.Key.Elements], group.Key.Type);
                storage.DetachFromDisposeScope();
                read(group.Key, storage);
                foreach ((string name, TorchView view) in group)
                {
                    using Tensor strided = storage.as_strided(view.Size, view.Stride, view.Offset);
                    strided.DetachFromDisposeScope();
                    made[name] = strided.contiguous().clone().DetachFromDisposeScope();
                }
            }
        }
        catch
        {
            foreach (Tensor tensor in made.Values)
            {
                tensor.Dispose();
            }

            throw;
        }

        return views.Keys.ToDictionary(name => name, name => made[name], StringComparer.Ordinal);
    }

    /// <summary>Bytes the tensor takes.</summary>
    private static Int128 Check(string name, TorchView view, long fileLength)
    {
        if (view.Size.Length != view.Stride.Length)
        {
            throw new PickleException($"'{name}' has {view.Size.Length} sizes and {view.Stride.Length} strides");
        }

        Int128 numbers = 1;
        Int128 last = view.Offset;
        for (int i = 0; i < view.Size.Length; i++)
        {
            if (view.Size[i] > int.MaxValue || view.Stride[i] > int.MaxValue)
            {
                throw new PickleException($"'{name}' has a size or stride of {Math.Max(view.Size[i], view.Stride[i])}");
            }

            numbers *= view.Size[i];
            last += (Int128)Math.Max(view.Size[i] - 1, 0) * view.Stride[i];
            if (numbers > long.MaxValue)
            {
                throw new PickleException($"'{name}' has an impossible size");
            }
        }

        if (view.Offset < 0 || (numbers > 0 && last >= view.Storage.Elements))
        {
            throw new PickleException(
                $"'{name}' reaches to number {last} of storage '{view.Storage.Key}', which has {view.Storage.Elements}"
            );
        }

        long bytes = Bytes(view.Storage.Type);
        if (view.Storage.Elements > fileLength / bytes)
        {
            throw new PickleException(
                $"storage '{view.Storage.Key}' should have {view.Storage.Elements} numbers, more than the file holds"
            );
        }

        return view.Storage.Elements <= int.MaxValue / bytes
            ? numbers * bytes
            : throw new PickleException($"'{name}' lies in a storage of more than 2 GiB, which cannot be read here");
    }

    /// <summary>Bytes of a number.</summary>
    public static long Bytes(ScalarType type) =>
        type switch
        {
            ScalarType.Float64 or ScalarType.Int64 => 8,
            ScalarType.Float32 or ScalarType.Int32 => 4,
            ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Int16 => 2,
            _ => 1,
        };
}
