using static TorchSharp.torch;

namespace TaskGrain.Models;

/// <summary>What the caption decoder carries from word to word, for N captions at once.</summary>
/// <param name="Context">(N, H): the clip's context, the same at every step.</param>
/// <param name="Hidden">(layers, N, H): hidden states.</param>
/// <param name="Cell">(layers, N, H): cell states.</param>
internal sealed record DecoderState(Tensor Context, Tensor Hidden, Tensor Cell)
{
    /// <summary>The states of chosen captions, in the given order.</summary>
    /// <param name="captions">(M), int64: indices into N.</param>
    /// <returns>The state of M captions.</returns>
    public DecoderState Pick(Tensor captions) =>
        new(Context.index_select(0, captions), Hidden.index_select(1, captions), Cell.index_select(1, captions));

    /// <summary>Lets the state outlive the present dispose scope.</summary>
    /// <returns>This state.</returns>
    public DecoderState MoveToOuterDisposeScope()
    {
        Context.MoveToOuterDisposeScope();
        Hidden.MoveToOuterDisposeScope();
        Cell.MoveToOuterDisposeScope();
        return this;
    }
}
