using TaskGrain.Models;
using TaskGrain.Runtime;
using TaskGrain.Video;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>Changes the colours of clips as their plans say, on the device where the clips are.</summary>
internal static class ColourChange
{
    /// <summary>Changes a batch in place.</summary>
    /// <param name="clips">(N, 3, T, H, W), scaled pixel values.</param>
    /// <param name="plans">The N clips' plans.</param>
    /// <param name="model">Knows the scale of its pixel values.</param>
    /// <returns>The batch; as it was where no plan changes a colour.</returns>
    public static Tensor Apply(Tensor clips, IReadOnlyList<ClipPlan> plans, VideoModel model)
    {
        if (plans.All(plan => plan.Colour is null))
        {
            return clips;
        }

        using var scope = NewDisposeScope();
        float scale = (float)model.Description.Preprocessing.PixelScale;
        ClipColour[] colours = [.. plans.Select(plan => plan.Colour ?? new ClipColour(1, 1, 1, 0))];
        float[] perColour = [.. colours.SelectMany(c => new[] { c.Red, c.Green, c.Blue })];
        float[] perClip = [.. colours.Select(c => c.Shift * scale)];
        Tensor factors = tensor(perColour, [plans.Count, 3, 1, 1, 1]);
        Tensor shifts = tensor(perClip, [plans.Count, 1, 1, 1, 1]);
        clips.mul_(factors.to(clips.dtype, clips.device)).AddInPlace(shifts.to(clips.dtype, clips.device));
        return clips;
    }
}
