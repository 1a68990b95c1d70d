using TaskGrain.Runtime;

namespace TaskGrain.Models.Baselines;

/// <summary>Ordered choices of frames, which a temporal relation is computed of.</summary>
internal static class FrameTuples
{
    /// <summary>All choices, in lexicographic order.</summary>
    /// <param name="frames">Frames F to choose from.</param>
    /// <param name="size">Frames of a choice, 1 to F.</param>
    /// <returns>F over size choices, each ascending.</returns>
    public static IReadOnlyList<int[]> All(int frames, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, frames);
        var choices = new List<int[]>();
        int[] choice = [.. Enumerable.Range(0, size)];
        while (true)
        {
            choices.Add([.. choice]);
            int last = size - 1;
            while (last >= 0 && choice[last] == frames - size + last)
            {
                last--;
            }

            if (last < 0)
            {
                return choices;
            }

            choice[last]++;
            for (int i = last + 1; i < size; i++)
            {
                choice[i] = choice[i - 1] + 1;
            }
        }
    }

    /// <summary>Some of the choices for every size from 2 to F, drawn without putting back.</summary>
    /// <param name="frames">Frames F.</param>
    /// <param name="most">Most choices of a size; all of them where there are no more.</param>
    /// <param name="random">Draws.</param>
    /// <returns>The choices of each size, smallest size first.</returns>
    public static IReadOnlyList<IReadOnlyList<int[]>> Draw(int frames, int most, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return
        [
            .. Enumerable
                .Range(2, frames - 1)
                .Select(size =>
                {
                    int[][] all = [.. All(frames, size)];
                    random.Shuffle(all.AsSpan());
                    return all[..Math.Min(most, all.Length)];
                }),
        ];
    }

    /// <summary>All choices for every size from 2 to F.</summary>
    /// <param name="frames">Frames F.</param>
    /// <returns>The choices of each size, smallest size first.</returns>
    public static IReadOnlyList<IReadOnlyList<int[]>> Every(int frames) =>
        [.. Enumerable.Range(2, frames - 1).Select(size => All(frames, size))];
}
