"""Letters of thanks in Brazilian Portuguese; what was done reads on after "agradeço"."""

from benefits.thanks.words.phrases import Phrases

PORTUGUESE = Phrases(
    done={
        "short_reference_call": "a breve conversa de referência",
        "reference_call": "a conversa de referência",
        "executive_reference_call": "a conversa de referência entre executivos",
        "testimonial": "o seu depoimento",
        "video_testimonial": "o seu depoimento em vídeo",
        "review": "a sua avaliação",
        "case_study": "a sua história para o estudo de caso",
        "referral": "a sua indicação",
        "speaking": "a sua palestra",
        "customer_panel": "a sua participação no painel",
        "guest_article": "o seu artigo",
        "site_visit": "a visita que você recebeu na sua empresa",
        "reference_list": "a sua disposição em servir de referência",
        "logo_use": "a permissão para mostrarmos o seu logotipo",
        "event_attendance": "a sua presença",
        "advisory_board": "o seu trabalho no conselho consultivo de clientes",
        "beta_test": "o seu teste da versão beta",
        "community_contribution": "a sua contribuição para a comunidade",
        "community_leadership": "a sua liderança na comunidade",
        "product_feedback": "a sua opinião sobre o produto",
        "social_share": "o compartilhamento da nossa notícia",
        "survey": "as suas respostas à nossa pesquisa",
        "co_marketing": "a campanha que fizemos juntos",
    },
    other="a atividade “{name}”",
    joints={
        "short_reference_call": "com",
        "reference_call": "com",
        "executive_reference_call": "com",
        "site_visit": "de",
        "review": "em",
        "referral": "de",
        "speaking": "em",
        "customer_panel": "em",
        "event_attendance": "em",
        "guest_article": "para",
        "reference_list": "para",
    },
    minutes="{count} minutos",
    hours="{count} horas",
    won="Desde então, eles decidiram por nós, e você teve parte nisso.",
    won_whom="Desde então, {whom} decidiu por nós, e você teve parte nisso.",
    lost=(
        "No fim, eles escolheram outro caminho, por motivos que nada tiveram a ver com você. A sua"
        " palavra sincera valeu do mesmo jeito."
    ),
    promise="Eu conto a você assim que souber o que resultou disso.",
    out={
        "published": "Agora está publicado.",
        "recorded": "A gravação agora está disponível.",
        "released": "O que você experimentou e comentou conosco agora está lançado.",
        "posted": "Agora está no ar e pode ser lido.",
    },
    seen_at="Você pode ver aqui: {url}",
)
