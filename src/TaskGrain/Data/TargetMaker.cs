using TaskGrain.Labels;

namespace TaskGrain.Data;

/// <summary>What targets a training asks for.</summary>
/// <param name="Granularity">The grain.</param>
/// <param name="Flip">Whether clips may be mirrored, so that a mirrored target is needed too.</param>
/// <param name="CaptionLength">Words of a caption.</param>
internal sealed record TargetOptions(Granularity Granularity, bool Flip, int CaptionLength);

/// <summary>Turns annotations into the targets of one granularity.</summary>
internal sealed class TargetMaker(
    Taxonomy taxonomy,
    CaptionTargets captions,
    Vocabulary? vocabulary,
    TargetOptions options
)
{
    private readonly Granularity _granularity = options.Granularity;
    private readonly DirectionSwap _swap = new(taxonomy);

    /// <summary>Why a clip has no target; null when it has.</summary>
    public string? WhyNot(Annotation annotation)
    {
        if (annotation.Category < 0)
        {
            return "without a label";
        }

        return vocabulary is not null && !captions.HasCaption(annotation) ? "without a caption" : null;
    }

    public ClipExample Make(Annotation annotation, int storeIndex)
    {
        ClipTarget? mirrored =
            options.Flip && _swap.TryMirror(annotation, out Annotation? mirror) ? Target(mirror) : null;
        return new ClipExample(storeIndex, Target(annotation), mirrored);
    }

    private ClipTarget Target(Annotation annotation) =>
        new(
            _granularity == Granularity.ActionGroups ? taxonomy.GroupOf(annotation.Category) : annotation.Category,
            vocabulary?.Encode(captions.Words(annotation, _granularity), options.CaptionLength)
        );
}
