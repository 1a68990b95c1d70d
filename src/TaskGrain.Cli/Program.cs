using System.CommandLine;
using TaskGrain.Cli;
using TaskGrain.Runtime;

TaskGrainRuntime.Configure();
Command root = CommandTree.Create();
return await CommandRunner.RunAsync(root, args);
