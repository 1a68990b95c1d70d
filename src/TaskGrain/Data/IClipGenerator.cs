using TaskGrain.Labels;
using TaskGrain.Video;

namespace TaskGrain.Data;

/// <summary>
/// Clips that are drawn when they are read, more than any training asks for: clip number i has the same frames and the
/// same annotation whoever asks, and when.
/// </summary>
internal interface IClipGenerator : IClipFrames
{
    /// <summary>Everything that decides the clips, in one word that <see cref="ClipGeneratorFinder"/> knows.</summary>
    string Name { get; }

    /// <summary>Goes up when the generator draws other clips for the same name.</summary>
    int Version { get; }

    /// <summary>The clips' categories.</summary>
    Taxonomy Taxonomy { get; }

    /// <summary>Clips of one epoch of training, at least 1; the next epoch draws others.</summary>
    int EpochClips { get; }

    /// <summary>Clips to validate on, at least 1; the same ones after every epoch.</summary>
    int ValidationClips { get; }

    /// <summary>The annotation of a clip, on any thread.</summary>
    /// <param name="index">The clip's number.</param>
    Annotation Annotate(int index);

    /// <summary>The numbers of clips of a split, ascending; for one thread at a time.</summary>
    /// <param name="split">The split.</param>
    /// <param name="first">How many of the split's clips to pass over.</param>
    /// <param name="count">How many numbers.</param>
    /// <exception cref="TaskGrainException">There are not so many.</exception>
    int[] Numbers(Split split, long first, int count);
}

/// <summary>Makes the generator of a name.</summary>
/// <param name="name">A word that names data: a store's folder, or a generator.</param>
/// <param name="standard">Size and rate of the frames where the name says nothing about them.</param>
/// <returns>The generator; null when the name is not one of a generator.</returns>
/// <exception cref="TaskGrainException">It names a generator and asks for what cannot be.</exception>
internal delegate IClipGenerator? ClipGeneratorFinder(string name, FrameFormat standard);
