using static TorchSharp.torch;

namespace TaskGrain.Models.Weights;

/// <summary>A stretch of numbers in a PyTorch file that tensors look into.</summary>
/// <param name="Key">Its name in the file.</param>
/// <param name="Type">Number format.</param>
/// <param name="Elements">Numbers in it.</param>
/// <param name="Offset">Where this part of it begins, in numbers.</param>
internal sealed record TorchStorage(string Key, ScalarType Type, long Elements, long Offset = 0);

/// <summary>A tensor in a PyTorch file: a view of a storage.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Offset">Its first number in the storage.</param>
/// <param name="Size">Its shape.</param>
/// <param name="Stride">Numbers from one index to the next, in every dimension.</param>
internal sealed record TorchView(TorchStorage Storage, long Offset, long[] Size, long[] Stride);
