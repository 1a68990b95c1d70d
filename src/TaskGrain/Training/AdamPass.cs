using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TaskGrain.Models.Kernels;
using TaskGrain.Runtime;
using static TorchSharp.torch;

namespace TaskGrain.Training;

/// <summary>
/// Adam's step on a processor: every number is read and written once, where tensor operations would go over all of them
/// a dozen times.
/// </summary>
internal sealed unsafe class AdamPass
{
    /// <summary>A run of numbers that share their factors.</summary>
    /// <param name="Start">Its first number in the flat tensors.</param>
    /// <param name="Gradient">Its gradients, one behind the other.</param>
    /// <param name="RateOverCorrection1">Learning rate over the first moment's correction.</param>
    /// <param name="RootOfCorrection2">Square root of the second moment's correction.</param>
    public readonly record struct Part(
        long Start,
        Tensor Gradient,
        double RateOverCorrection1,
        double RootOfCorrection2
    );

    private readonly Piece[] _pieces;
    private readonly Tensor[] _kept;
    private readonly long _count;

    /// <param name="parts">What changes; gradients float32 and contiguous on the processor.</param>
    public AdamPass(IReadOnlyList<Part> parts)
    {
        _pieces = new Piece[parts.Count];
        _kept = [.. parts.Select(part => part.Gradient)];
        for (int i = 0; i < _pieces.Length; i++)
        {
            _pieces[i] = new Piece
            {
                First = _count,
                Start = parts[i].Start,
                Gradient = (float*)TensorMemory.Address(parts[i].Gradient),
                Rate = (float)parts[i].RateOverCorrection1,
                Root = (float)parts[i].RootOfCorrection2,
            };
            _count += parts[i].Gradient.numel();
        }
    }

    /// <summary>The norm of all gradients; not finite when one of them is not.</summary>
    public double Norm()
    {
        double[] totals = new double[get_num_threads()];
        fixed (Piece* pieces = _pieces)
        fixed (double* sums = totals)
        {
            var job = new Job
            {
                Pieces = pieces,
                Count = _pieces.Length,
                Length = _count,
                Totals = sums,
            };
            KernelThreads.For(_count, &Squares, &job);
        }

        GC.KeepAlive(_kept);
        return Math.Sqrt(totals.Sum());
    }

    /// <summary>Changes moments and values.</summary>
    /// <param name="values">All parameters.</param>
    /// <param name="means">First moments.</param>
    /// <param name="squares">Second moments.</param>
    /// <param name="settings">The factors that all numbers share.</param>
    public void Update(Tensor values, Tensor means, Tensor squares, in AdamFactors settings)
    {
        fixed (Piece* pieces = _pieces)
        {
            var job = new Job
            {
                Pieces = pieces,
                Count = _pieces.Length,
                Length = _count,
                Values = (float*)TensorMemory.Address(values),
                Means = (float*)TensorMemory.Address(means),
                Squares = (float*)TensorMemory.Address(squares),
                Factors = settings,
            };
            KernelThreads.For(_count, &Change, &job);
        }

        GC.KeepAlive(_kept);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Squares(void* argument, int part, long first, long end)
    {
        const int Block = 1024;
        Job* job = (Job*)argument;
        double total = 0;
        for (int i = 0; i < job->Count; i++)
        {
            (long from, long to) = job->Overlap(i, first, end);
            float* gradient = job->Pieces[i].Gradient;
            for (long at = from; at < to; at += Block)
            {
                var block = new ReadOnlySpan<float>(gradient + at, (int)Math.Min(Block, to - at));
                total += SumOfSquares(block);
            }
        }

        job->Totals[part] = total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float SumOfSquares(ReadOnlySpan<float> numbers)
    {
        Vector<float> sums = Vector<float>.Zero;
        ReadOnlySpan<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(numbers);
        foreach (Vector<float> vector in vectors)
        {
            sums += vector * vector;
        }

        float sum = Vector.Sum(sums);
        foreach (float number in numbers[(vectors.Length * Vector<float>.Count)..])
        {
            sum += number * number;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Change(void* argument, int part, long first, long end)
    {
        Job* job = (Job*)argument;
        for (int i = 0; i < job->Count; i++)
        {
            (long from, long to) = job->Overlap(i, first, end);
            if (from < to)
            {
                ref readonly Piece piece = ref job->Pieces[i];
                long start = piece.Start + from;
                ChangeRun(
                    job->Factors,
                    piece,
                    piece.Gradient + from,
                    job->Values + start,
                    job->Means + start,
                    job->Squares + start,
                    to - from
                );
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ChangeRun(
        in AdamFactors factors,
        in Piece piece,
        float* gradients,
        float* values,
        float* means,
        float* squares,
        long length
    )
    {
        float beta1 = factors.Beta1,
            beta2 = factors.Beta2,
            new1 = factors.New1,
            new2 = factors.New2,
            scale = factors.Scale,
            epsilon = factors.Epsilon,
            decay = factors.Decay,
            rate = piece.Rate,
            root = piece.Root;
        long at = 0;
        for (; at <= length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector<float> gradient = Vector.Load(gradients + at) * scale;
            Vector<float> mean = (Vector.Load(means + at) * beta1) + (gradient * new1);
            Vector<float> square = (Vector.Load(squares + at) * beta2) + (gradient * gradient * new2);
            mean.Store(means + at);
            square.Store(squares + at);
            Vector<float> value = Vector.Load(values + at);
            Vector<float> deviation = (Vector.SquareRoot(square) / root) + new Vector<float>(epsilon);
            (value - ((mean / deviation * rate) + (value * decay))).Store(values + at);
        }

        for (; at < length; at++)
        {
            float gradient = gradients[at] * scale;
            means[at] = (means[at] * beta1) + (gradient * new1);
            squares[at] = (squares[at] * beta2) + (gradient * gradient * new2);
            float deviation = (MathF.Sqrt(squares[at]) / root) + epsilon;
            values[at] -= (means[at] / deviation * rate) + (values[at] * decay);
        }
    }

    private struct Piece
    {
        /// <summary>Its first number among those that change.</summary>
        public long First;
        public long Start;
        public float* Gradient;
        public float Rate;
        public float Root;
    }

    private struct Job
    {
        public Piece* Pieces;
        public int Count;
        public long Length;
        public float* Values;
        public float* Means;
        public float* Squares;
        public double* Totals;
        public AdamFactors Factors;

        /// <summary>The part of a piece, from its own start, that lies in a range of all numbers.</summary>
        public readonly (long From, long To) Overlap(int piece, long first, long end)
        {
            long start = Pieces[piece].First;
            long stop = piece + 1 < Count ? Pieces[piece + 1].First : Length;
            return (Math.Max(first, start) - start, Math.Min(end, stop) - start);
        }
    }
}

/// <summary>Factors of an <see cref="AdamPass"/>.</summary>
internal readonly struct AdamFactors
{
    /// <param name="beta1">Share of the old first moment.</param>
    /// <param name="beta2">Share of the old second moment.</param>
    /// <param name="epsilon">Added to the deviation.</param>
    /// <param name="scale">Of every gradient.</param>
    /// <param name="decay">Share of a value that goes.</param>
    public AdamFactors(double beta1, double beta2, double epsilon, double scale, double decay)
    {
        Beta1 = (float)beta1;
        Beta2 = (float)beta2;
        New1 = (float)(1 - beta1);
        New2 = (float)(1 - beta2);
        Epsilon = (float)epsilon;
        Scale = (float)scale;
        Decay = (float)decay;
    }

    public float Beta1 { get; }

    public float Beta2 { get; }

    /// <summary>Share of the gradient in the first moment.</summary>
    public float New1 { get; }

    /// <summary>Share of the gradient's square in the second moment.</summary>
    public float New2 { get; }

    public float Epsilon { get; }

    public float Scale { get; }

    public float Decay { get; }
}
