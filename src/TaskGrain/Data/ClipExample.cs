namespace TaskGrain.Data;

/// <summary>A clip of a frame store with its targets, seen as it is and mirrored.</summary>
/// <param name="StoreIndex">Its number in the frame store.</param>
/// <param name="Target">What it is to be recognised as; null when it is loaded for its pixels alone.</param>
/// <param name="Mirrored">
/// What its mirror image is: a label that names a direction names the other one. Null when it must not be mirrored.
/// </param>
public sealed record ClipExample(int StoreIndex, ClipTarget? Target = null, ClipTarget? Mirrored = null)
{
    /// <summary>Whether it may be mirrored: its mirror image has a target, or nobody asks for targets.</summary>
    public bool MayFlip => Target is null || Mirrored is not null;

    /// <summary>
    /// Its place in the order of the whole pass, where that is not its place in the list that is loaded.
    /// </summary>
    internal int? Place { get; init; }

    /// <summary>The target of what is seen.</summary>
    /// <param name="flipped">Whether the clip is mirrored.</param>
    /// <returns>The target; null when the clip is loaded for its pixels alone.</returns>
    public ClipTarget? Seen(bool flipped) => flipped ? Mirrored : Target;
}

/// <summary>What a clip is to be recognised as.</summary>
/// <param name="Class">Index into the model's classes.</param>
/// <param name="Caption">(L), token ids without GO, filled up with END; null at the action grains.</param>
public sealed record ClipTarget(int Class, int[]? Caption);
