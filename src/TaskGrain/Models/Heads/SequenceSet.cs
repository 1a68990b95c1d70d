namespace TaskGrain.Models.Heads;

/// <summary>
/// Clips as the heads read them: standardised, projected vectors, (T, K) a clip, with T of each clip's own.
/// </summary>
/// <param name="Width">K.</param>
/// <param name="Clips">(T, K) row-major, one array a clip.</param>
/// <param name="Labels">The class of each clip; empty when only predictions are wanted.</param>
internal sealed record SequenceSet(int Width, float[][] Clips, int[] Labels)
{
    public int Count => Clips.Length;

    public int Steps(int clip) => Clips[clip].Length / Width;
}
