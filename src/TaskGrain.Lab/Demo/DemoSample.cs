using TaskGrain.Evaluation;
using TaskGrain.Video;

namespace TaskGrain.Lab.Demo;

/// <summary>A clip of the demo's test with what the model said about it.</summary>
/// <param name="Result">Truth and prediction.</param>
/// <param name="Frames">The clip's frames.</param>
internal sealed record DemoSample(ClipResult Result, VideoFrames Frames)
{
    /// <summary>
    /// Takes the first clip of each category, then the second, and so on: a choice that neither the model nor its
    /// success has a part in.
    /// </summary>
    /// <param name="results">The results of an evaluation, in the order of the data set.</param>
    /// <param name="store">The frames.</param>
    /// <param name="count">How many, at most.</param>
    /// <returns>The samples.</returns>
    public static IReadOnlyList<DemoSample> Choose(IReadOnlyList<ClipResult> results, FrameStore store, int count)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(store);
        return
        [
            .. results
                .GroupBy(result => result.Truth)
                .SelectMany(category => category.Select((result, turn) => (result, turn)))
                .OrderBy(entry => entry.turn)
                .Take(count)
                .Select(entry => new DemoSample(entry.result, Read(store, entry.result.Id))),
        ];
    }

    private static VideoFrames Read(FrameStore store, string id)
    {
        if (!store.TryIndexOf(id, out int index))
        {
            throw new TaskGrainException($"{store.Folder}: clip {id} is not in the store.");
        }

        int[] all = [.. Enumerable.Range(0, store.FrameCount(index))];
        byte[] pixels = new byte[all.Length * store.Format.BytesPerFrame];
        store.ReadFrames(index, all, new PixelRectangle(0, 0, store.Format.Width, store.Format.Height), pixels);
        return new VideoFrames(store.Format, pixels);
    }
}
