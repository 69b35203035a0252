# bash completion for shilu. Printed by: shilu --completion bash

_shilu() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command= names= i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        show | grep | speakers | timeline | figures | diff | convert | check | index | help | version)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    case $before in
    --input-format)
        COMPREPLY=($(compgen -W 'jsonl json webvtt shown srt markdown ass transcriber sami sbv lrc microdvd scc ebu-stl csv timecode-text rttm ctm stm html akoma-ntoso tei hansard bundestag assemblee-nationale canada-commons australia-hansard elan exmaralda ohms textgrid chat ttml srv1 whisper whisperx whisper-cpp podcast-json youtube-json3 bilibili aws-transcribe aws-calls google-stt azure-stt deepgram rtzr assemblyai rev ibm-stt speechmatics kaldi funasr tencent-minutes ndl-diet ndl-diet-xml assembly-jp legco ly-gazette ly-interpellation sayit-sections utterances text plain' -- "$word"))
        return
        ;;
    --encoding)
        COMPREPLY=($(compgen -W 'utf-8 utf-16 utf-16le utf-16be utf-32 utf-32le utf-32be gb18030 big5 shift_jis euc-jp iso-2022-jp euc-kr windows-1252 windows-1250 windows-1251 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 windows-874 koi8-r koi8-u iso-8859-1 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-9 iso-8859-15' -- "$word"))
        return
        ;;
    --max-ratio)
        COMPREPLY=()
        return
        ;;
    --max-unpacked)
        COMPREPLY=()
        return
        ;;
    --speakers)
        COMPREPLY=($(compgen -f -- "$word"))
        return
        ;;
    -s | --speaker)
        COMPREPLY=()
        return
        ;;
    --from)
        COMPREPLY=()
        return
        ;;
    --to)
        COMPREPLY=()
        return
        ;;
    --question)
        COMPREPLY=()
        return
        ;;
    --kind)
        COMPREPLY=($(compgen -W 'remark question answer heading' -- "$word"))
        return
        ;;
    -e | --regex)
        COMPREPLY=()
        return
        ;;
    -m | --max-count)
        COMPREPLY=()
        return
        ;;
    -A | --after-context)
        COMPREPLY=()
        return
        ;;
    -B | --before-context)
        COMPREPLY=()
        return
        ;;
    -C | --context)
        COMPREPLY=()
        return
        ;;
    -f | --format)
        COMPREPLY=($(compgen -W 'text json jsonl markdown html csv srt vtt podcast-json sqlite' -- "$word"))
        return
        ;;
    -o | --output)
        COMPREPLY=($(compgen -f -- "$word"))
        return
        ;;
    -w | --width)
        COMPREPLY=()
        return
        ;;
    --beside)
        COMPREPLY=($(compgen -f -- "$word"))
        return
        ;;
    --diff)
        COMPREPLY=($(compgen -f -- "$word"))
        return
        ;;
    --color)
        COMPREPLY=($(compgen -W 'auto always never' -- "$word"))
        return
        ;;
    --theme)
        COMPREPLY=($(compgen -f -- "$word"))
        return
        ;;
    --ambiguous)
        COMPREPLY=($(compgen -W 'auto narrow wide' -- "$word"))
        return
        ;;
    --config)
        COMPREPLY=($(compgen -f -- "$word"))
        return
        ;;
    --list)
        COMPREPLY=($(compgen -W 'formats encodings themes keys keys-mdoc' -- "$word"))
        return
        ;;
    --completion)
        COMPREPLY=($(compgen -W 'bash zsh fish' -- "$word"))
        return
        ;;
    esac
    case $command in
    '') names='--input-format --encoding --max-ratio --max-unpacked --speakers --no-speakers -s --speaker --from --to --question --kind -f --format -o --output --raw-cells -w --width --beside --diff --color --theme --ambiguous --follow --config --list --completion -h --help -V --version' ;;
    show) names='--input-format --encoding --max-ratio --max-unpacked --speakers --no-speakers -s --speaker --from --to --question --kind -f --format -o --output --raw-cells -w --width --beside --outline --color --theme --ambiguous -h --help -V --version' ;;
    grep) names='--input-format --encoding --max-ratio --max-unpacked --speakers --no-speakers -s --speaker --from --to --question --kind -e --regex --exact -i --ignore-case -v --invert-match -m --max-count -r --recursive -c --count -l --files-with-matches -q --quiet -o --only-matching -n --line-number -H --with-filename -h --no-filename -Z --null -A --after-context -B --before-context -C --context --json -w --width --color --theme --ambiguous --help -V --version' ;;
    speakers) names='--input-format --encoding --max-ratio --max-unpacked --speakers --no-speakers -s --speaker --from --to --question --kind -f --format -o --output --color --theme --ambiguous -h --help -V --version' ;;
    timeline) names='--input-format --encoding --max-ratio --max-unpacked --speakers --no-speakers -s --speaker --from --to --question --kind -f --format -o --output -w --width --plot --color --theme --ambiguous -h --help -V --version' ;;
    figures) names='--input-format --encoding --max-ratio --max-unpacked --speakers --no-speakers -s --speaker --from --to --question --kind -f --format -o --output -w --width --color --theme --ambiguous -h --help -V --version' ;;
    diff) names='--input-format --encoding --max-ratio --max-unpacked --speakers --no-speakers --exact -f --format -o --output --color --theme --ambiguous -h --help -V --version' ;;
    convert) names='--input-format --encoding --max-ratio --max-unpacked --speakers --no-speakers -s --speaker --from --to --question --kind -f --format -o --output --raw-cells -h --help -V --version' ;;
    check) names='--input-format --encoding --max-ratio --max-unpacked --speakers --no-speakers -h --help -V --version' ;;
    index) names='--in-folder -h --help -V --version' ;;
    help) names='-h --help -V --version' ;;
    version) names='-h --help -V --version' ;;
    esac
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$names" -- "$word"))
        return
    fi
    COMPREPLY=($(compgen -f -- "$word"))
    if [[ -z $command ]]; then
        COMPREPLY+=($(compgen -W 'show grep speakers timeline figures diff convert check index help version' -- "$word"))
    fi
}

complete -o filenames -F _shilu shilu
