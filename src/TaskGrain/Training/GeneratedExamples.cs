using System.Collections;
using TaskGrain.Data;

namespace TaskGrain.Training;

/// <summary>
/// Clips of a generator with their targets, made when they are asked for: by the threads that load them, beside the
/// training.
/// </summary>
/// <param name="generator">Makes the clips.</param>
/// <param name="numbers">Which, in order.</param>
/// <param name="targets">Makes the targets.</param>
internal sealed class GeneratedExamples(IClipGenerator generator, int[] numbers, TargetMaker targets)
    : IReadOnlyList<ClipExample>
{
    public int Count => numbers.Length;

    public ClipExample this[int index] => targets.Make(generator.Annotate(numbers[index]), numbers[index]);

    /// <summary>All of them, made on all cores.</summary>
    public ClipExample[] MakeAll() => [.. numbers.AsParallel().AsOrdered().Select((_, index) => this[index])];

    public IEnumerator<ClipExample> GetEnumerator() =>
        Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
