using System.CommandLine;
using TaskGrain.Cli;

Command root = CommandTree.Create();
return await CommandRunner.RunAsync(root, args);
